// Devices: what happens to a frame that the kernel hands to one (dev_queue_xmit) or gets from one (__netif_receive_skb_core: VLAN
// devices first, then whoever holds the device, then the stack).

import { KERNEL_DATAPATH, type Link } from '../../host/link'
import { dropped, unknown } from '../ends'
import { DOT1AD, DOT1Q, isGroupMac, type Frame } from '../frame'
import type { WalkEnd } from '../walk-result'
import { crossing, outlet, placeOf, type Arrival, type ArrivalAt, type Crossing, type Outlet } from './arrival'
import type { Context } from './context'
import { isUserspace } from './switch'
import { transmitVxlan } from './vxlan'

const NO_CARRIER = new Set(['DOWN', 'LOWERLAYERDOWN'])

/** Why nothing passes the device; null when it is up. */
export function whyDown({ isUp, observed, name }: Link): WalkEnd | null {
  if (isUp === false) return dropped('link-down', { device: name })
  return observed && NO_CARRIER.has(observed.operState) ? dropped('no-carrier', { device: name }) : null
}

export function transmit(arrival: ArrivalAt<'transmit'>, context: Context): Crossing {
  const { host, link } = arrival
  const end = whyDown(link)
  if (end) return crossing(placeOf(host, link), { end })
  return context.fleet.hearersOf(host, link) ? onward(arrival, { ...arrival, at: 'wire' }) : transmitters[link.type](arrival, context)
}

type Transmit = (arrival: ArrivalAt<'transmit'>, context: Context) => Crossing

const transmitters: Readonly<Record<Link['type'], Transmit>> = {
  physical: (arrival) =>
    arrival.link.name === 'lo' ? onward(arrival, { ...arrival, at: 'receive' }) : onward(arrival, { ...arrival, at: 'wire' }),
  bridge: (arrival) => onward(arrival, { ...arrival, at: 'bridge', port: null }),
  veth: toPeer,
  vlan: toLower,
  vxlan: transmitVxlan,
  'ovs-internal': (arrival) => toSwitch(arrival) ?? outside(arrival),
  tap: (arrival) => onward(arrival, { ...arrival, at: 'guest-in' }),
  other: outside,
}

export function receive(arrival: ArrivalAt<'receive'>): Crossing {
  const { host, link, packet } = arrival
  const place = placeOf(host, link)
  if (link.isUp === false) return crossing(place, { end: dropped('link-down', { device: link.name }) })
  if (link.observed?.unmodelled?.includes('xdp'))
    return crossing(place, { end: unknown('outside-model', { device: link.name, about: 'xdp' }) })
  const tag = packet.frame.vlans[0]
  const vlan = tag && host.vlanOn(link, tag)
  if (vlan) return crossing(place, { outlets: [outlet({ ...arrival, link: vlan, isOurs: isOwn(arrival), packet: untagged(packet) })] })
  const taken = held(arrival)
  // A tag that has a priority and no VLAN goes no further than to whoever holds the device.
  if (!taken && tag?.vlanId === 0) return receive({ ...arrival, packet: untagged(packet) })
  return crossing(place, taken ?? { outlets: [outlet({ ...arrival, at: 'stack-in', isOurs: isOwn(arrival) })] })
}

/** What holds the device takes its frames: a bridge, the switch. */
function held(arrival: ArrivalAt<'receive'>): { readonly outlets?: readonly Outlet[]; readonly end?: WalkEnd } | null {
  const { host, link } = arrival
  const port = host.ovsPortOf(link)
  // An internal port is the switch's way out, not its way in.
  if (port && link.type !== 'ovs-internal')
    return {
      outlets: [
        outlet({ ...arrival, at: 'switch', bridge: port.bridge, port: link.name, tunnel: null }),
        ...copyForStack(arrival, port.bridge),
      ],
    }
  if (!link.master) return host.isShared(link) ? { end: unknown('outside-model', { device: link.name, about: 'macvlan' }) } : null
  if (link.master === KERNEL_DATAPATH) return { end: unknown('unread', { device: link.name, about: 'ovsdb' }) }
  const master = host.link(link.netns, link.master)
  if (master?.type === 'bridge') return { outlets: [outlet({ ...arrival, at: 'bridge', link: master, port: link })] }
  return { end: unknown('outside-model', { device: link.name, about: link.master }) }
}

/** The userspace datapath reads a device beside the kernel (AF_PACKET), whose stack gets the frame as well. */
function copyForStack(arrival: ArrivalAt<'receive'>, bridge: string): readonly Outlet[] {
  const hasAddress = arrival.host.addresses(arrival.link.netns).some(({ link, scope }) => link === arrival.link.name && scope !== 'link')
  return isUserspace(arrival.host, bridge) && hasAddress && isOwn(arrival) ? [outlet({ ...arrival, at: 'stack-in', isOurs: true })] : []
}

/** eth_type_trans: to this device, or to a group. */
const isOwn = ({ link, packet: { frame }, isOurs }: ArrivalAt<'receive'>): boolean =>
  isOurs === true || frame.destinationMac === link.macAddress || isGroupMac(frame.destinationMac) || link.name === 'lo'

const untagged = <P extends { readonly frame: Frame }>(packet: P): P => ({
  ...packet,
  frame: { ...packet.frame, vlans: packet.frame.vlans.slice(1) },
})

const onward = (arrival: ArrivalAt<'transmit'>, next: Arrival): Crossing =>
  crossing(placeOf(arrival.host, arrival.link), { outlets: [outlet(next)] })

function toPeer(arrival: ArrivalAt<'transmit'>): Crossing {
  const { host, link, packet } = arrival
  const peer = link.peer && host.link(link.peer.netns, link.peer.name)
  if (!peer) return crossing(placeOf(host, link), { end: unknown('unread', { device: link.name, about: 'peer' }) })
  if (peer.isUp === false) return crossing(placeOf(host, link), { end: dropped('no-carrier', { device: link.name }) })
  // Another namespace does not see the mark (skb_scrub_packet).
  const mark = peer.netns === link.netns ? packet.mark : 0
  return onward(arrival, { at: 'receive', host, link: peer, packet: { ...packet, mark } })
}

function toLower(arrival: ArrivalAt<'transmit'>): Crossing {
  const { host, link, packet } = arrival
  const lower = link.vlan && host.link(link.netns, link.vlan.lower)
  if (!link.vlan || !lower) return outside(arrival)
  const vlans = [{ tpid: link.vlan.isService ? DOT1AD : DOT1Q, vlanId: link.vlan.id, pcp: 0 }, ...packet.frame.vlans]
  return onward(arrival, { at: 'transmit', host, link: lower, packet: { ...packet, frame: { ...packet.frame, vlans } } })
}

/** A design has no row for a bridge's own port. */
function toSwitch(arrival: ArrivalAt<'transmit'>): Crossing | null {
  const { host, link } = arrival
  const own =
    link.netns === '' && host.state.ovsBridges.some(({ name }) => name === link.name) ? { bridge: link.name, name: link.name } : null
  const port = host.ovsPortOf(link) ?? own
  return port ? onward(arrival, { ...arrival, at: 'switch', bridge: port.bridge, port: port.name, tunnel: null }) : null
}

function outside({ host, link }: ArrivalAt<'transmit'>): Crossing {
  return crossing(placeOf(host, link), { end: unknown('outside-model', { device: link.name, about: link.observed?.kind ?? link.type }) })
}
