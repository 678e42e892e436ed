// OVS bridges as boxes: their ports, what is on the other end of a patch or tunnel, how many flows and how many of them ours.

import { isOurCookie } from '../naming'
import type { HostState } from './host-state'
import type { LinkView } from './inside-links'
import type { InsideCounters, InsideOvsBridge, InsideOvsPort } from './inside-types'
import { type OvsPort, ovsPortKey } from './ovs'

export function insideOvsBridges(state: HostState, links: LinkView): InsideOvsBridge[] {
  return state.ovsBridges.map((bridge) => {
    const flows = state.flows.filter((flow) => flow.bridge === bridge.name)
    return {
      name: bridge.name,
      owner: bridge.owner,
      isOurs: bridge.owner !== null,
      datapathType: bridge.datapathType || 'system',
      failMode: bridge.failMode,
      controllers: bridge.controllers ?? [],
      ports: state.ovsPorts.filter((port) => port.bridge === bridge.name).map((port) => describePort(state, links, port)),
      flowCount: flows.length,
      ourFlowCount: flows.filter((flow) => isOurCookie(flow.cookie)).length,
    }
  })
}

function describePort(state: HostState, links: LinkView, port: OvsPort): InsideOvsPort {
  const { bridge, name, owner, tag, trunks, vlanMode, interface: device } = port
  return {
    id: ovsPortKey(port),
    bridge,
    name,
    owner,
    isOurs: owner !== null,
    type: device.type || 'system',
    tag,
    trunks,
    vlanMode,
    ofport: device.ofport ?? null,
    error: device.error ?? null,
    peer: findPatchPeer(state, port),
    peerName: device.type === 'patch' ? (device.options['peer'] ?? null) : null,
    remoteAddress: device.options['remote_ip'] ?? null,
    localAddress: device.options['local_ip'] ?? null,
    link: hasDevice(port) ? links.findId(name) : null,
    macAddress: device.macInUse ?? null,
    externalIds: { ...port.externalIds, ...device.externalIds },
    counters: countersOf(device.statistics),
  }
}

/** Patch and tunnel ports live inside Open vSwitch only. */
const hasDevice = (port: OvsPort): boolean => ['', 'system', 'internal'].includes(port.interface.type)

function findPatchPeer({ ovsPorts }: HostState, { name, interface: device }: OvsPort): string | null {
  if (device.type !== 'patch') return null
  const peer = ovsPorts.find((each) => each.name === device.options['peer'] && each.interface.options['peer'] === name)
  return peer ? ovsPortKey(peer) : null
}

function countersOf(statistics: Readonly<Record<string, number>> | undefined): InsideCounters | null {
  if (!statistics) return null
  const read = (key: string) => statistics[key] ?? 0
  return { rxPackets: read('rx_packets'), txPackets: read('tx_packets'), rxDropped: read('rx_dropped'), txDropped: read('tx_dropped') }
}
