// Packets that leave the IP stack of a namespace: its own (OUTPUT), and the last steps of all (POSTROUTING, the neighbour, the device).

import type { Route } from '../../../host/ip'
import { isMulticast } from '../../address'
import { dropped, unknown } from '../../ends'
import type { Frame, IpPayload } from '../../frame'
import type { Cause, Place, WalkEnd } from '../../walk-result'
import { crossing, outlet, type ArrivalAt, type Crossing, type Outlet, type Packet } from '../arrival'
import type { Context } from '../context'
import type { Host } from '../host'
import { newTracked, type Tracked } from '../netfilter/conntrack'
import { runHook } from '../netfilter/hook'
import { resolve } from './neighbour'

const UNSET = '0.0.0.0'

export function sendFromStack(arrival: ArrivalAt<'stack-out'>, context: Context): Crossing {
  const { host, netns, link, packet } = arrival
  const place: Place = { hostId: host.hostId, netns, kind: 'stack', device: netns }
  const { payload } = packet.frame
  if (payload.kind !== 'ipv4')
    return crossing(
      place,
      link
        ? { outlets: [outlet({ at: 'transmit', host, link, packet }, link.name)] }
        : { end: unknown('outside-model', { about: payload.kind }) },
    )
  if (isMulticast(payload.destination) || payload.destination === '255.255.255.255')
    return crossing(place, { end: unknown('outside-model', { about: 'multicast', destination: payload.destination }) })
  const first = route(arrival, packet)
  if (!('hops' in first)) return crossing(place, first)
  const chosen = withSource(host, netns, packet, payload, first.hops[0])
  if (!chosen)
    return crossing(place, { causes: first.causes, end: dropped('no-route', { destination: payload.destination, about: 'source' }) })
  if (arrival.isPastFilters) return crossing(place, send(arrival, context, chosen, newTracked(), first))
  const hook = runHook({
    family: 'ipv4',
    hook: 'OUTPUT',
    inDevice: null,
    outDevice: first.hops[0]?.link ?? null,
    physIn: null,
    physOut: null,
    isBridged: false,
    host,
    netns,
    connections: context.connections,
    packet: chosen,
    tracked: newTracked(),
  })
  const causes = [...first.causes, ...hook.causes]
  if (hook.end) return crossing(place, { causes, end: hook.end })
  const again = isSameWay(chosen, hook.packet) ? first : route(arrival, hook.packet)
  if (!('hops' in again)) return crossing(place, { ...again, causes: [...causes, ...again.causes] })
  return crossing(place, send(arrival, context, hook.packet, hook.tracked, { ...again, causes }))
}

function isSameWay(before: Packet, after: Packet): boolean {
  const [left, right] = [before.frame.payload, after.frame.payload]
  return before.mark === after.mark && left.kind === 'ipv4' && right.kind === 'ipv4' && left.destination === right.destination
}

function route({ host, netns, link }: ArrivalAt<'stack-out'>, { frame: { payload }, mark }: Packet) {
  const why = host.unread('routes', { netns }) ?? host.unread('rules', { netns })
  if (why !== null) return { causes: [], end: unknown('unread', { netns, about: 'routes' }) }
  const { source, destination } = payload as IpPayload
  const found = host
    .routing(netns)
    .lookup({ source: source === UNSET ? null : source, destination, inDevice: 'lo', outDevice: link?.name ?? null, mark })
  // Who asks for a device gets it: where no route leads out of it, the kernel takes the destination for a neighbour there.
  const isOnLink = link && 'end' in found && found.end.kind === 'dropped'
  return isOnLink
    ? {
        type: 'unicast' as const,
        hops: [{ netns, table: 'main', destination: `${destination}/32`, link: link.name }],
        causes: found.causes,
      }
    : found
}

function withSource(host: Host, netns: string, packet: Packet, payload: IpPayload, hop: Route | undefined): Packet | null {
  if (payload.source !== UNSET) return packet
  const source =
    hop?.source ??
    (hop?.type === 'local' ? payload.destination : host.routing(netns).sourceOn(hop?.link ?? '', hop?.via ?? payload.destination))
  return source ? { ...packet, frame: { ...packet.frame, payload: { ...payload, source } } } : null
}

interface Way {
  readonly type: 'unicast' | 'local' | 'broadcast'
  readonly hops: readonly Route[]
  readonly causes: readonly Cause[]
}

/** By each next hop that there is; several are alternatives. */
export function send(
  { host, netns, isPastFilters }: { readonly host: Host; readonly netns: string; readonly isPastFilters?: boolean },
  context: Context,
  packet: Packet,
  tracked: Tracked,
  way: Way,
): Pick<Crossing, 'causes' | 'outlets' | 'end'> {
  // A copy of it comes back to the stack.
  if (way.type === 'broadcast') return { causes: way.causes, outlets: [], end: unknown('outside-model', { about: 'broadcast', netns }) }
  const hops = way.type === 'local' ? [{ link: 'lo' }] : way.hops
  const exits = hops.map((hop) => leave({ host, netns, isPastFilters: isPastFilters === true }, context, packet, tracked, hop))
  const count = exits.reduce((sum, { outlets }) => sum + outlets.length, 0)
  const outlets = exits.flatMap((exit) => exit.outlets).map((each) => (count > 1 ? { ...each, alternative: 1 } : each))
  return {
    causes: [...way.causes, ...exits.flatMap(({ causes }) => causes)],
    outlets,
    end: exits.map(({ end }) => end).find((end) => end !== null) ?? null,
  }
}

interface Stack {
  readonly host: Host
  readonly netns: string
  readonly isPastFilters: boolean
}

function leave(
  { host, netns, isPastFilters }: Stack,
  context: Context,
  packet: Packet,
  tracked: Tracked,
  hop: Pick<Route, 'link' | 'via'>,
): { readonly outlets: readonly Outlet[]; readonly causes: readonly Cause[]; readonly end: WalkEnd | null } {
  const link = host.link(netns, hop.link ?? '')
  const { payload } = packet.frame
  if (!link || payload.kind !== 'ipv4') return { outlets: [], causes: [], end: dropped('no-device', { device: hop.link ?? null }) }
  const nextHop = hop.via ?? payload.destination
  const hook = isPastFilters
    ? { packet, causes: [], end: null }
    : runHook({
        family: 'ipv4',
        hook: 'POSTROUTING',
        inDevice: null,
        outDevice: link.name,
        physIn: null,
        physOut: null,
        isBridged: false,
        nextHop,
        host,
        netns,
        connections: context.connections,
        packet,
        tracked,
      })
  if (hook.end) return { outlets: [], causes: hook.causes, end: hook.end }
  if (link.name === 'lo')
    return { outlets: [outlet({ at: 'receive', host, link, packet: hook.packet }, 'lo')], causes: hook.causes, end: null }
  const { macs, causes, end } = resolve({ host, link, address: nextHop, source: payload.source }, context)
  const outlets = macs.map((mac) =>
    outlet(
      { at: 'transmit', host, link, packet: { ...hook.packet, frame: addressed(hook.packet.frame, link.macAddress ?? '', mac) } },
      link.name,
    ),
  )
  return { outlets, causes: [...hook.causes, ...causes], end }
}

const addressed = (frame: Frame, sourceMac: string, destinationMac: string): Frame => ({ ...frame, sourceMac, destinationMac, vlans: [] })
