// A VXLAN device of the kernel (vxlan_xmit, vxlan_rcv): where its forwarding entries send a frame, and which device takes a packet.

import { fdbKey, FLOOD_MAC } from '../../host/fdb'
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
  const { vni, local, port, lower } = link.vxlan
  const entries = host.state.fdb.filter((entry) => entry.link === link.name)
  const own = entries.filter(({ macAddress }) => macAddress === packet.frame.destinationMac)
  const found = own.length > 0 ? own : entries.filter(({ macAddress }) => macAddress === FLOOD_MAC)
  // An unicast MAC has one VTEP; a group, and what is not known, goes to all of the flood entry.
  const used = isGroupMac(packet.frame.destinationMac) || own.length === 0 ? found : found.slice(0, 1)
  if (used.length === 0) {
    const why = host.unread('fdb')
    return crossing(place, {
      end:
        why === null
          ? dropped('no-fdb-entry', { device: link.name, mac: packet.frame.destinationMac })
          : unknown('unread', { device: link.name, about: 'fdb' }),
    })
  }
  const outlets = used.map(({ destination }) => {
    const frame = encapsulate(packet.frame, { vni, source: local === '' ? null : local, destination, port })
    return outlet({ at: 'stack-out', host, netns: link.netns, link: host.link(link.netns, lower) ?? null, packet: { ...packet, frame } })
  })
  return crossing(place, { causes: used.map((entry) => ({ kind: 'fdb', ref: fdbKey(entry) })), outlets })
}

/** The device that takes a packet to one of the namespace's addresses; null: the packet is none of VXLAN. */
export function vxlanDeviceFor(host: Host, netns: string, { payload }: Frame): Arrival | WalkEnd | null {
  if (payload.kind !== 'ipv4' || payload.transport.kind !== 'udp' || !payload.transport.tunnelled) return null
  const { destinationPort, tunnelled } = payload.transport
  const devices = host.links.filter((link) => link.netns === netns && link.vxlan?.port === destinationPort)
  if (devices.length === 0) return null
  const link = devices.find(({ vxlan }) => vxlan?.vni === tunnelled.vni)
  if (!link) return dropped('no-tunnel-port', { vni: tunnelled.vni })
  if (link.macAddress === tunnelled.frame.sourceMac) return dropped('loop', { device: link.name })
  return { at: 'receive', host, link, packet: { frame: tunnelled.frame, mark: 0 } }
}
