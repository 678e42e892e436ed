// Packets that come to the IP stack of a namespace: ARP, what is for the stack itself, what it forwards, and what a tunnel takes.
// ip_rcv, ip_route_input_slow, ip_forward. MTU and fragments are not looked at; of IPv6 the stack is not concluded about.

import { delivered, dropped, unknown } from '../../ends'
import { isGroupMac, type IpPayload } from '../../frame'
import type { Cause, Place, WalkEnd } from '../../walk-result'
import { isMulticast } from '../../address'
import { crossing, outlet, type ArrivalAt, type Crossing, type Packet } from '../arrival'
import type { Context } from '../context'
import { newTracked, type Tracked } from '../netfilter/conntrack'
import { runHook, type HookInput } from '../netfilter/hook'
import { tunnelPortFor } from '../switch'
import { vxlanDeviceFor } from '../vxlan'
import { receiveArp } from './arp'
import { send } from './output'
import type { Found } from './routing'
import { forwards, settingOf, unreadSetting } from './settings'
import { whyImplausible, whyMartian, type SourceQuery } from './source-check'

/** A packet on its way through the stack, with what decided so far. */
interface Passing {
  readonly packet: Packet
  readonly ip: IpPayload
  readonly tracked: Tracked
  readonly causes: readonly Cause[]
}

export function receiveAtStack(arrival: ArrivalAt<'stack-in'>, context: Context): Crossing {
  const { link, packet, isOurs } = arrival
  const { payload, vlans, destinationMac } = packet.frame
  const end = (why: WalkEnd) => crossing(placeOfStack(arrival), { inPort: link.name, end: why })
  if (!isOurs || vlans.length > 0 || payload.kind === 'other') return end(dropped('not-for-us', { device: link.name, mac: destinationMac }))
  if (payload.kind === 'arp') return receiveArp(arrival, payload)
  if (payload.kind === 'ipv6') return end(unknown('outside-model', { about: 'ipv6' }))
  const { fromBridge } = arrival
  const entered = fromBridge
    ? { packet, tracked: fromBridge.tracked, causes: [], end: null }
    : runHook({ ...hookOf(arrival, context), hook: 'PREROUTING', packet, tracked: newTracked() })
  if (entered.end) return crossing(placeOfStack(arrival), { inPort: link.name, causes: entered.causes, end: entered.end })
  return crossing(placeOfStack(arrival), {
    inPort: link.name,
    ...decide(arrival, context, { ...entered, ip: entered.packet.frame.payload as IpPayload }),
  })
}

const placeOfStack = ({ host, link }: ArrivalAt<'stack-in'>): Place => ({
  hostId: host.hostId,
  netns: link.netns,
  kind: 'stack',
  device: link.netns,
})

const hookOf = (
  { host, link, fromBridge }: ArrivalAt<'stack-in'>,
  { connections }: Context,
): Omit<HookInput, 'hook' | 'packet' | 'tracked'> => ({
  family: 'ipv4',
  inDevice: link.name,
  outDevice: null,
  physIn: fromBridge?.physIn ?? null,
  physOut: null,
  isBridged: false,
  host,
  netns: link.netns,
  connections,
})

type Decision = Partial<Pick<Crossing, 'causes' | 'outlets' | 'end'>>

function decide(arrival: ArrivalAt<'stack-in'>, context: Context, passing: Passing): Decision {
  const { host, link } = arrival
  const { source, destination } = passing.ip
  if (link.name === 'lo') return deliver(arrival, context, passing)
  if (isMulticast(destination)) return { causes: passing.causes, end: unknown('outside-model', { about: 'multicast', destination }) }
  const asked = { host, netns: link.netns, inDevice: link.name, source, destination, outDevice: null, mark: passing.packet.mark }
  const martian = whyMartian(asked)
  if (martian) return { causes: passing.causes, end: martian }
  if (destination === '255.255.255.255' || destination === '0.0.0.0') {
    const end = whyImplausible({ ...asked, destination: '0.0.0.0' })
    return end ? { causes: passing.causes, end } : deliver(arrival, context, passing)
  }
  return decideByRoute(arrival, context, passing, asked)
}

function decideByRoute(arrival: ArrivalAt<'stack-in'>, context: Context, passing: Passing, asked: SourceQuery): Decision {
  const { host, link } = arrival
  const { source, destination } = asked
  const why = host.unread('routes', { netns: link.netns }) ?? host.unread('rules', { netns: link.netns })
  if (why !== null) return { causes: passing.causes, end: unknown('unread', { netns: link.netns, about: 'routes' }) }
  const found = host.routing(link.netns).lookup({ source, destination, inDevice: link.name, outDevice: null, mark: passing.packet.mark })
  const causes = [...passing.causes, ...found.causes]
  if (!('hops' in found)) return { causes, end: found.end }
  const outDevice = found.type === 'unicast' ? (found.hops[0]?.link ?? null) : null
  if (found.type === 'unicast' && forwards(host, link.netns, link.name) === false)
    return { causes, end: dropped('forwarding-off', { netns: link.netns, device: link.name }) }
  const implausible = whyImplausible({ ...asked, destination: found.type === 'broadcast' ? '0.0.0.0' : destination, outDevice })
  const end = implausible ?? whyNotHere(arrival, found)
  if (end) return { causes, end }
  return found.type === 'unicast'
    ? forward(arrival, context, { ...passing, causes }, found)
    : deliver(arrival, context, { ...passing, causes })
}

/** Some want no packet for one that comes with a frame for many, and some send on what is for all of a network. */
function whyNotHere({ host, link: { netns, name }, packet: { frame } }: ArrivalAt<'stack-in'>, { type }: Found): WalkEnd | null {
  if (type === 'local' && isGroupMac(frame.destinationMac)) {
    const drops = settingOf(host, netns, 'drop_unicast_in_l2_multicast', name)
    if (drops !== 0)
      return drops === null
        ? unreadSetting(netns, 'drop_unicast_in_l2_multicast', name)
        : dropped('not-for-us', { device: name, mac: frame.destinationMac })
  }
  const isSentOn = type === 'broadcast' && host.sysctl(netns, 'net/ipv4/conf/all/bc_forwarding') === '1'
  return isSentOn ? unknown('outside-model', { device: name, about: 'bc_forwarding' }) : null
}

function deliver(arrival: ArrivalAt<'stack-in'>, context: Context, { packet, tracked, causes }: Passing): Decision {
  const { host, link } = arrival
  const hook = runHook({ ...hookOf(arrival, context), hook: 'INPUT', packet, tracked })
  const all = [...causes, ...hook.causes]
  if (hook.end) return { causes: all, end: hook.end }
  const { frame } = hook.packet
  const vxlan = vxlanDeviceFor(host, link.netns, frame)
  if (vxlan) return 'at' in vxlan ? { causes: all, outlets: [outlet(vxlan)] } : { causes: all, end: vxlan }
  const hasTunnels = link.netns === '' && host.state.ovsPorts.some(({ interface: { type } }) => type === 'vxlan')
  const taken = hasTunnels ? tunnelPortFor(host, frame) : null
  if (!taken) return { causes: all, end: delivered('stack') }
  if ('kind' in taken) return { causes: all, end: taken }
  const { port, inner, key } = taken
  return {
    causes: all,
    outlets: [outlet({ at: 'tunnel-in', host, packet: { frame: inner, mark: 0 }, bridge: port.bridge, port: port.name, key })],
  }
}

function forward(arrival: ArrivalAt<'stack-in'>, context: Context, { packet, ip, tracked, causes }: Passing, found: Found): Decision {
  const { host, link } = arrival
  const { netns } = link
  if (forwards(host, netns, link.name) === null) return { causes, end: unknown('unread', { netns, about: 'net/ipv4/ip_forward' }) }
  // What came by a group MAC is delivered, never forwarded.
  if (isGroupMac(packet.frame.destinationMac))
    return { causes, end: dropped('not-for-us', { device: link.name, mac: packet.frame.destinationMac }) }
  if (ip.ttl <= 1) return { causes, end: dropped('ttl-expired', { netns }) }
  const aged = { ...packet, frame: { ...packet.frame, payload: { ...ip, ttl: ip.ttl - 1 } } }
  const hook = runHook({ ...hookOf(arrival, context), outDevice: found.hops[0]?.link ?? null, hook: 'FORWARD', packet: aged, tracked })
  const all = [...causes, ...hook.causes]
  if (hook.end) return { causes: all, end: hook.end }
  return send({ host, netns }, context, hook.packet, hook.tracked, { ...found, causes: all })
}
