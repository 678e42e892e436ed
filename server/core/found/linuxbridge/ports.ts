// The ports in the bridges of networks, by what they are: a tap is a VM's, a VLAN interface on a tap a subport's, a veth pair leads into
// the namespace of a server or a router.

import type { Link } from '../../host/link'
import { brqName, dhcpNamespace, INTEGRATION_BRIDGE, routerNamespace } from '../../naming'
import type { HostView } from '../../path/host-view'
import type { FoundPort, FoundSegment, FoundTrunk } from '../found-port'
import { filterOf } from './filter'

const BRIDGE = /^brq([0-9a-f]{8}-[0-9a-f]{2})$/
const TAP = /^tap([0-9a-f]{8}-[0-9a-f]{2})$/

export const bridgeOf = brqName
export const networkBridges = (view: HostView): readonly Link[] =>
  view.observation.state.links.filter(({ netns, name }) => netns === '' && BRIDGE.test(name))
export const membersOf = (view: HostView, bridge: string): readonly Link[] =>
  view.observation.state.links.filter(({ netns, master }) => netns === '' && master === bridge)

/** Where nobody tells the rest of an id it is made up: whatever is named after it has its first 11 characters. */
const asId = (start: string): string => `${start}00-4000-8000-000000000000`

export function foundPorts(view: HostView, cloud: readonly HostView[]): FoundPort[] {
  const known = networkIds(cloud)
  return networkBridges(view).flatMap((bridge) => {
    const start = BRIDGE.exec(bridge.name)![1]!
    const networkId = known.find((id) => id.startsWith(start)) ?? asId(start)
    const members = membersOf(view, bridge.name)
    const segment = segmentOf(view, members)
    return members.flatMap((link) => {
      const port = portOf(view, link, networkId)
      return port ? [{ view, device: link.name, networkId, segment, tags: [], ...port }] : []
    })
  })
}

/** Namespaces of DHCP servers have them whole, and so have ports of Open vSwitch. */
function networkIds(cloud: readonly HostView[]): string[] {
  const prefix = dhcpNamespace('')
  return cloud.flatMap((view) => [
    ...view.observation.state.namespaces.flatMap(({ name }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])),
    ...view.portsOf(INTEGRATION_BRIDGE).flatMap(({ otherConfig }) => otherConfig['net_uuid'] ?? []),
  ])
}

/** A bridge without a way out tells nothing. */
function segmentOf(view: HostView, members: readonly Link[]): FoundSegment {
  const isNic = (name: string | undefined) => name !== undefined && view.link('', name)?.type === 'physical'
  const way = members.find(({ type, vlan, vxlan }) => type === 'physical' || vxlan !== undefined || isNic(vlan?.lower))
  if (!way) return { type: undefined, physicalNetworkId: null, segmentationId: undefined }
  if (way.vxlan) return { type: 'vxlan', physicalNetworkId: null, segmentationId: String(way.vxlan.vni) }
  if (way.vlan) return { type: 'vlan', physicalNetworkId: way.vlan.lower, segmentationId: String(way.vlan.id) }
  return { type: 'flat', physicalNetworkId: way.name, segmentationId: undefined }
}

type Own = Pick<FoundPort, 'plug' | 'portId' | 'macAddress' | 'kind' | 'vmId' | 'inside' | 'trunk'>

function portOf(view: HostView, link: Link, networkId: string): Own | null {
  const start = TAP.exec(link.name)?.[1]
  if (start === undefined) return null
  const own = { plug: link.name, portId: asId(start), vmId: '', inside: null, trunk: null }
  if (link.type === 'veth') return inNamespace(view, link, networkId, own)
  if (link.type === 'vlan' && link.vlan) return subport(view, link.vlan, own)
  const guest = link.type === 'tap' ? guestOf(view, link) : null
  return guest && { ...own, ...guest, kind: 'vm', trunk: isParent(view, link) ? trunkOf(own.portId, null) : null }
}

function inNamespace(view: HostView, { peer }: Link, networkId: string, own: Omit<Own, 'macAddress' | 'kind'>): Own | null {
  const inside = peer && peer.netns !== '' ? view.link(peer.netns, peer.name) : undefined
  if (!inside?.macAddress) return null
  const found = { ...own, inside, macAddress: inside.macAddress }
  if (inside.netns === dhcpNamespace(networkId)) return { ...found, kind: 'dhcp' }
  return inside.netns.startsWith(routerNamespace('')) ? { ...found, kind: 'router' } : null
}

/** Its own MAC address is its filter's to tell; without one it has its parent's. */
function subport(view: HostView, { lower, id }: NonNullable<Link['vlan']>, own: Omit<Own, 'macAddress' | 'kind'>): Own | null {
  const [parent, start] = [view.link('', lower), TAP.exec(lower)?.[1]]
  const guest = parent && start !== undefined ? guestOf(view, parent) : null
  return (
    guest && {
      ...own,
      plug: lower,
      macAddress: filteredMac(view, own.plug) ?? guest.macAddress,
      kind: 'subport',
      trunk: trunkOf(asId(start!), id),
    }
  )
}

/** A trunk's id is nowhere on the host: its parent's stands for it. */
const trunkOf = (parentPortId: string, guestVlan: number | null): FoundTrunk => ({ trunkId: parentPortId, parentPortId, guestVlan })

const isParent = (view: HostView, { name }: Link): boolean =>
  view.observation.state.links.some(({ netns, master, vlan }) => netns === '' && vlan?.lower === name && BRIDGE.test(master ?? ''))

/**
 * Where libvirt was not read: the tap's own address is the guest's, but for the first octet (virNetDevTapCreateInBridgePort), which
 * Neutron's base_mac tells. With another base_mac the port's filter tells all of it.
 */
function guestOf(view: HostView, { name, macAddress }: Link): Pick<Own, 'macAddress' | 'vmId'> | null {
  for (const { uuid, interfaces } of view.observation.state.domains) {
    const nic = interfaces.find(({ target }) => target === name)
    if (nic) return { macAddress: nic.macAddress.toLowerCase(), vmId: uuid }
  }
  const mac = macAddress?.startsWith('fe:16:3e:') ? `fa${macAddress.slice(2)}` : filteredMac(view, name)
  return mac === null ? null : { macAddress: mac, vmId: '' }
}

/** `-i tap… -s fa:16:3e:… -j …` in a chain for the device, or named after it. */
function filteredMac(view: HostView, device: string): string | null {
  return filterOf(view, device).flatMap((rule) => /(?:^| )-s ([0-9a-f:]{17})(?: |$)/i.exec(rule)?.[1]?.toLowerCase() ?? [])[0] ?? null
}
