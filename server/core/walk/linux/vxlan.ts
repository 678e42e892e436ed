// A VXLAN device of the kernel (vxlan_xmit, vxlan_rcv): where its forwarding entries send a frame, and which device takes a packet.

import { fdbKey, FLOOD_MAC, type FdbEntry } from '../../host/fdb'
import { KERNEL_DATAPATH, type Link } from '../../host/link'
import { ipv4 } from '../address'
import { dropped, unknown } from '../ends'
import { isGroupMac, type Frame } from '../frame'
import type { WalkEnd } from '../walk-result'
import { crossing, outlet, placeOf, type Arrival, type ArrivalAt, type Crossing } from './arrival'
import { encapsulate } from './encapsulate'
import type { Host } from './host'

export function transmitVxlan({ host, link, packet }: ArrivalAt<'transmit'>): Crossing {
  const place = placeOf(host, link)
  if (!link.vxlan) return crossing(place, { end: unknown('outside-model', { device: link.name, about: 'external' }) })
  // It answers itself, from its neighbours, or not at all.
  if (packet.frame.payload.kind === 'arp' && link.observed?.unmodelled?.includes('proxy'))
    return crossing(place, { end: unknown('outside-model', { device: link.name, about: 'proxy' }) })
  const { vni, local, port } = link.vxlan
  // Entries are of the root namespace.
  if (link.netns !== '') return crossing(place, { end: unknown('unread', { device: link.name, about: 'fdb' }) })
  // Of a design not all addresses are told.
  if (link.observed && local !== '' && host.routing(link.netns).addressType(local) !== 'LOCAL')
    return crossing(place, { end: dropped('no-vtep', { port: link.name, source: local }) })
  const used = entriesFor(host, link, packet.frame.destinationMac)
  if (used.length === 0) return crossing(place, { end: whyNoEntry(host, link, packet.frame.destinationMac) })
  const causes = used.map((entry) => ({ kind: 'fdb', ref: fdbKey(entry) }) as const)
  const odd = used.find(({ destination, unmodelled }) => unmodelled || ipv4(destination) === null)
  if (odd) return crossing(place, { causes, end: unknown('outside-model', { device: link.name, about: odd.unmodelled?.join() ?? 'ipv6' }) })
  const outlets = used.map(({ destination, via }) => {
    const frame = encapsulate(packet.frame, { vni, source: local === '' ? null : local, destination, port })
    // The device that it was made on is the way to its group, and of no other packets.
    return outlet({
      at: 'stack-out',
      host,
      netns: link.netns,
      link: host.link(link.netns, via ?? '') ?? null,
      packet: { ...packet, frame },
    })
  })
  return crossing(place, { causes, outlets })
}

/** An unicast MAC has one VTEP; a group, and what is not known, goes to all of the flood entry. */
function entriesFor(host: Host, link: Link, mac: string): readonly FdbEntry[] {
  const entries = host.state.fdb.filter((entry) => entry.link === link.name)
  const own = entries.filter(({ macAddress }) => macAddress === mac)
  if (own.length === 0) return entries.filter(({ macAddress }) => macAddress === FLOOD_MAC)
  return isGroupMac(mac) ? own : own.slice(0, 1)
}

const whyNoEntry = (host: Host, { name: device }: Link, mac: string): WalkEnd =>
  host.unread('fdb') === null ? dropped('no-fdb-entry', { device, mac }) : unknown('unread', { device, about: 'fdb' })

/** The device that takes a packet to one of the namespace's addresses; null: the packet is none of VXLAN. */
export function vxlanDeviceFor(host: Host, netns: string, { payload }: Frame): Arrival | WalkEnd | null {
  if (payload.kind !== 'ipv4' || payload.transport.kind !== 'udp' || !payload.transport.tunnelled) return null
  const { destinationPort, tunnelled } = payload.transport
  const devices = host.links.filter((link) => link.netns === netns && link.vxlan?.port === destinationPort)
  if (devices.length === 0) {
    const external = host.links.find(
      (link) => link.netns === netns && link.type === 'vxlan' && !link.vxlan && link.master !== KERNEL_DATAPATH,
    )
    return external ? unknown('outside-model', { device: external.name, about: 'external' }) : null
  }
  const link = devices.find(({ vxlan }) => vxlan?.vni === tunnelled.vni)
  if (!link) return dropped('no-tunnel-port', { vni: tunnelled.vni })
  if (link.macAddress === tunnelled.frame.sourceMac) return dropped('loop', { device: link.name })
  return { at: 'receive', host, link, packet: { frame: tunnelled.frame, mark: 0 } }
}
