// What the inspector says about a device, per kind. Pure.

import type { KeyValueItem } from '@/components/ui/KeyValue'
import { plural } from '@/server/core/explain/words'
import type { InsideDomain, InsideLink, InsideNamespace, InsideOvsBridge, InsideOvsPort } from '@/server/core/api-types'

import { linkGlyphs, portGlyph } from './device-glyphs'
import type { InsideItem } from './inside-items'

export function itemKind(item: InsideItem): string {
  switch (item.kind) {
    case 'link':
      return linkGlyphs[item.link.type].word
    case 'ovs-port':
      return `OVS port, ${portGlyph(item.port).word}`
    case 'ovs-bridge':
      return 'OVS bridge'
    case 'namespace':
      return 'Namespace'
    case 'domain':
      return 'VM'
  }
}

export function itemFacts(item: InsideItem): KeyValueItem[] {
  switch (item.kind) {
    case 'link':
      return linkFacts(item.link)
    case 'ovs-port':
      return portFacts(item.port)
    case 'ovs-bridge':
      return bridgeFacts(item.bridge)
    case 'namespace':
      return namespaceFacts(item.namespace)
    case 'domain':
      return domainFacts(item.domain)
  }
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const mono = (label: string, value: string | null): KeyValueItem => ({ label, value, isMono: true })

function linkFacts(link: InsideLink): KeyValueItem[] {
  return [
    mono('Name', link.name),
    mono('Namespace', link.netns || 'root'),
    { label: 'Up', value: `${yesNo(link.isUp)} (${link.operState})` },
    mono('MAC', link.macAddress),
    { label: 'MTU', value: link.mtu },
    mono('Addresses', link.addresses.join(' ')),
    mono('Master', link.master),
    mono('Peer', placeText(link.peer)),
    { label: 'OVS tag', value: link.ovsPort ? (link.ovsPort.tag ?? 'none') : null },
    { label: 'Packets', value: counterText(link.counters) },
    { label: 'Dropped', value: dropText(link.counters) },
  ]
}

function portFacts(port: InsideOvsPort): KeyValueItem[] {
  return [
    mono('Name', port.name),
    mono('Bridge', port.bridge),
    { label: 'Tag', value: port.tag ?? (port.trunks.length > 0 ? `trunk ${port.trunks.join(', ')}` : 'none') },
    { label: 'VLAN mode', value: port.vlanMode },
    { label: 'OpenFlow port', value: port.ofport },
    mono('Peer', port.peer ?? port.peerName),
    mono('Local', port.localAddress),
    mono('Remote', port.remoteAddress),
    mono('MAC', port.macAddress),
    { label: 'Packets', value: counterText(port.counters) },
    { label: 'Dropped', value: dropText(port.counters) },
    ...Object.entries(port.externalIds).map(([key, value]) => mono(key, value)),
  ]
}

function bridgeFacts(bridge: InsideOvsBridge): KeyValueItem[] {
  return [
    mono('Name', bridge.name),
    { label: 'Datapath', value: bridge.datapathType || 'system' },
    { label: 'Fail mode', value: bridge.failMode ?? 'unset (standalone)' },
    mono('Controllers', bridge.controllers.join(' ')),
    { label: 'Ports', value: bridge.ports.length },
    { label: 'Flows', value: `${bridge.flowCount}, ${bridge.ourFlowCount} ours` },
  ]
}

function namespaceFacts(namespace: InsideNamespace): KeyValueItem[] {
  const { dnsmasq } = namespace
  return [
    mono('Name', namespace.name || 'root'),
    { label: 'Bridges', value: namespace.bridges.length },
    { label: 'Devices', value: namespace.links.length },
    { label: 'Routes', value: namespace.routeCount },
    { label: 'DHCP', value: dnsmasq ? `${dnsmasq.isRunning ? 'running' : 'not running'}, ${plural(dnsmasq.leaseCount, 'lease')}` : null },
  ]
}

function domainFacts(domain: InsideDomain): KeyValueItem[] {
  return [
    mono('UUID', domain.uuid),
    mono('libvirt name', domain.name),
    { label: 'Running', value: yesNo(domain.isRunning) },
    ...(domain.state
      ? [{ label: 'Libvirt says', value: [domain.state.name, domain.state.reason].filter((word) => word !== '').join(', ') }]
      : []),
    { label: 'Memory', value: `${domain.memoryMib} MiB` },
    { label: 'vCPUs', value: domain.vcpus },
    { label: 'Virtualisation', value: domain.virtType },
    { label: 'Guest agent', value: yesNo(domain.hasGuestAgent) },
    ...domain.interfaces.map((each, index) => mono(`eth${index}`, each.macAddress)),
  ]
}

/** <netns>/<name>; the root namespace goes without saying. */
const placeText = (linkId: string | null): string | null => linkId && linkId.replace(/^\//, '')

const counterText = (counters: InsideLink['counters']): string | null =>
  counters && `${counters.rxPackets.toLocaleString('en-GB')} in, ${counters.txPackets.toLocaleString('en-GB')} out`

const dropText = (counters: InsideLink['counters']): string | null => counters && `${counters.rxDropped} in, ${counters.txDropped} out`
