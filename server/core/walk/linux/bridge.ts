// A Linux bridge: br_handle_frame, the forwarding database, the hooks of ebtables and (through br_netfilter) of iptables, and where
// frames leave. Without VLAN filtering and without STP; a bridge that has either is not concluded about.

import type { Link } from '../../host/link'
import { dropped, unknown } from '../ends'
import { BROADCAST_MAC, isGroupMac, type Frame } from '../frame'
import type { Cause, WalkEnd } from '../walk-result'
import { crossing, outlet, placeOf, type ArrivalAt, type Crossing, type FromBridge, type Outlet, type Packet } from './arrival'
import { BridgeFilter } from './bridge-filter'
import type { Context } from './context'
import { whyDown } from './device'
import type { Host } from './host'

/** 802.1D's group addresses; a bridge without STP forwards the first, as a hub would, and keeps the others (br_handle_frame). */
const LINK_LOCAL = /^01:80:c2:00:00:0([1-9a-f])$/

export function crossBridge(arrival: ArrivalAt<'bridge'>, context: Context): Crossing {
  const { host, link, port, packet } = arrival
  const place = placeOf(host, link)
  const base = { inPort: port?.name ?? null }
  const end = whyNotIn(arrival)
  if (end) return crossing(place, { ...base, end })
  const filter = new BridgeFilter(host, link, context)
  const entered = filter.enter(packet, port)
  if (entered.end) return crossing(place, { ...base, causes: entered.causes, end: entered.end })
  learn(context, arrival)
  const target = forwarding(host, link, entered.packet, port, context)
  const why = whyUnusual(port ? [port, ...target.ports] : target.ports)
  if (why) return crossing(place, { ...base, causes: [...entered.causes, ...target.causes], end: why })
  const exits = target.ports.map((each) => filter.leave(entered, port, each))
  const up = target.isUp && port ? goUp(filter, entered, arrival, port) : STAYS_OUTSIDE
  const outlets = [
    ...exits.flatMap(({ port: out, packet: left, end: why }) =>
      why ? [] : [outlet({ at: 'transmit', host, link: out, packet: left }, out.name)],
    ),
    ...up.outlets,
  ]
  const ends = [...exits.map(({ end: why }) => why), up.end].filter((each) => each !== null)
  const causes = [...entered.causes, ...target.causes, ...exits.flatMap((exit) => exit.causes), ...up.causes]
  return crossing(place, { ...base, causes, outlets, end: endOf(ends) ?? (outlets.length === 0 ? target.end : null) })
}

/** What nobody knows comes before what is known of another way out. */
const endOf = (ends: readonly WalkEnd[]): WalkEnd | null => ends.find(({ kind }) => kind === 'unknown') ?? ends[0] ?? null

function whyNotIn({ link, port, packet: { frame } }: ArrivalAt<'bridge'>): WalkEnd | null {
  if (link.isUp === false) return dropped('link-down', { device: link.name })
  const unmodelled = whyOutsideModel(link, frame)
  if (unmodelled || !port) return unmodelled
  if (isGroupMac(frame.sourceMac) || frame.sourceMac === '00:00:00:00:00:00') return dropped('bad-source-mac', { mac: frame.sourceMac })
  if (!LINK_LOCAL.test(frame.destinationMac)) return null
  return [link, port].some(({ observed }) => observed?.unmodelled?.includes(FORWARD_MASK))
    ? unknown('outside-model', { device: link.name, about: FORWARD_MASK })
    : dropped('reserved-mac', { mac: frame.destinationMac })
}

function whyOutsideModel(link: Link, frame: Frame): WalkEnd | null {
  if (link.bridge?.hasStp || link.bridge?.isVlanAware)
    return unknown('outside-model', { device: link.name, about: link.bridge.hasStp ? 'stp' : 'vlan_filtering' })
  // Without a querier it floods all the same; whether there is one is not read.
  if (
    link.bridge?.hasMulticastSnooping &&
    isGroupMac(frame.destinationMac) &&
    frame.destinationMac !== BROADCAST_MAC &&
    !LINK_LOCAL.test(frame.destinationMac)
  )
    return unknown('outside-model', { device: link.name, about: 'mcast_snooping' })
  const isForIptables = link.observed?.unmodelled?.find((name) => name.startsWith('nf_call_'))
  return isForIptables ? unknown('outside-model', { device: link.name, about: isForIptables }) : null
}

/** Which of 802.1D's addresses it forwards all the same. */
const FORWARD_MASK = 'group_fwd_mask'
/** Of a port: where it matters it is looked at. */
const LOOKED_AT = new Set([FORWARD_MASK, 'learning', 'noarp', 'xdp'])

/** Ports that are kept apart, keep to themselves what others flood, answer for others or send back by the way it came. */
function whyUnusual(ports: readonly Link[]): WalkEnd | null {
  for (const { name, observed } of ports)
    for (const about of observed?.unmodelled ?? []) if (!LOOKED_AT.has(about)) return unknown('outside-model', { device: name, about })
  return null
}

/** br_fdb_update; a bridge that keeps nothing for any time learns nothing, and nothing by a port that is told not to. */
function learn({ learnedPorts }: Context, { host, link, port, packet: { frame } }: ArrivalAt<'bridge'>): void {
  if (port && link.bridge && link.bridge.ageingTime > 0 && !port.observed?.unmodelled?.includes('learning'))
    learnedPorts.set(macKey(host, link, frame.sourceMac), port.name)
}

const macKey = (host: Host, { netns, name }: Link, mac: string): string => `${host.hostId}/${netns}/${name}/${mac}`

interface Target {
  readonly ports: readonly Link[]
  readonly isUp: boolean
  readonly causes: readonly Cause[]
  /** Why it goes nowhere. */
  readonly end: WalkEnd | null
}

function forwarding(host: Host, bridge: Link, { frame }: Packet, port: Link | null, { learnedPorts }: Context): Target {
  const mac = frame.destinationMac
  const others = host.portsOf(bridge).filter((each) => each.name !== port?.name && whyDown(each) === null)
  const flood: Target = {
    ports: others,
    isUp: isGroupMac(mac),
    causes: [{ kind: 'flood', vlan: 0 }],
    end: dropped('no-port', { bridge: bridge.name }),
  }
  if (isGroupMac(mac)) return flood
  if (isLocal(host, bridge, mac)) return { ports: [], isUp: true, causes: [{ kind: 'fdb', ref: `${bridge.name}/${mac}` }], end: null }
  const learnedAt = learnedPorts.get(macKey(host, bridge, mac))
  const entry = learnedAt === undefined ? host.bridgeMac(bridge, mac) : { port: learnedAt }
  if (entry === null) return { ...flood, causes: [{ kind: 'mac-table-unread', ref: bridge.name }, ...flood.causes] }
  if (!entry) return flood
  const causes: Cause[] = [{ kind: 'fdb', ref: `${bridge.name}/${mac}` }]
  if (entry.port === port?.name)
    return { ports: [], isUp: false, causes, end: dropped('output-to-input', { bridge: bridge.name, port: entry.port }) }
  const behind = host.link(bridge.netns, entry.port)
  return {
    ports: others.filter(({ name }) => name === entry.port),
    isUp: false,
    causes,
    end: (behind && whyDown(behind)) ?? dropped('no-port', { bridge: bridge.name, port: entry.port }),
  }
}

/** MACs of the bridge and of its ports are its own (br_fdb_add_local), whether the table was read or not. */
function isLocal(host: Host, bridge: Link, mac: string): boolean {
  return (
    bridge.macAddress === mac ||
    host.portsOf(bridge).some(({ macAddress }) => macAddress === mac) ||
    host.bridgeMac(bridge, mac)?.isLocal === true
  )
}

/** What a frame does on its way to the bridge's own device. */
interface WayUp {
  readonly outlets: readonly Outlet[]
  readonly causes: readonly Cause[]
  readonly end: WalkEnd | null
}
const STAYS_OUTSIDE: WayUp = { outlets: [], causes: [], end: null }

function goUp(
  filter: BridgeFilter,
  entered: ReturnType<BridgeFilter['enter']>,
  { host, link, packet }: ArrivalAt<'bridge'>,
  port: Link,
): WayUp {
  const { causes, end } = filter.goUp(entered, port)
  const mac = packet.frame.destinationMac
  // For the kernel's own is what the port or the bridge has as its MAC; another port's is not (eth_type_trans saw only this one).
  const isOurs = mac === BROADCAST_MAC || mac === port.macAddress || mac === link.macAddress
  const fromBridge: FromBridge | undefined = entered.tracked ? { physIn: port.name, tracked: entered.tracked } : undefined
  return {
    causes,
    end,
    outlets: end
      ? []
      : [outlet({ at: 'receive', host, link, packet: entered.packet, isOurs, ...(fromBridge && { fromBridge }) }, link.name)],
  }
}
