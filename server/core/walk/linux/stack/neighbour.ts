// The MAC address behind a next hop: what the stack has in its table, else whoever answers when it asks. The asking is a walk of its own.

import type { Link } from '../../../host/link'
import { dropped, unknown } from '../../ends'
import { arpRequest } from '../../frame'
import type { Cause, WalkEnd, WalkHop } from '../../walk-result'
import { ipv4 } from '../../address'
import type { Context } from '../context'
import type { Host } from '../host'

export interface Resolved {
  /** Several answered: the first one wins, and nobody can tell which that is. */
  readonly macs: readonly string[]
  readonly causes: readonly Cause[]
  readonly end: WalkEnd | null
}

interface Question {
  readonly host: Host
  readonly link: Link
  readonly address: string
  /** Of the packet that waits: the kernel asks in its name where it is an address of its own. */
  readonly source: string
}

export function resolve({ host, link, address, source }: Question, context: Context): Resolved {
  const causes: Cause[] = [{ kind: 'neighbour', ref: `${link.netns}/${link.name}/${address}` }]
  if (ipv4(address) === null) return { macs: [], causes, end: unknown('outside-model', { about: 'neighbour', address }) }
  if (link.observed?.unmodelled?.includes('noarp'))
    return { macs: [], causes, end: unknown('outside-model', { device: link.name, about: 'noarp' }) }
  const known = host.neighbour(link.netns, link.name, address)?.macAddress
  if (known) return { macs: [known], causes, end: null }
  const routing = host.routing(link.netns)
  const own = routing.addressType(source) === 'LOCAL' ? source : (routing.sourceOn(link.name, address) ?? source)
  const asked = context.walkAside({
    at: 'transmit',
    host,
    link,
    packet: { frame: arpRequest({ mac: link.macAddress ?? '', ip: own }, address), mark: 0 },
  })
  if (!asked) return { macs: [], causes, end: unknown('too-many', { about: 'neighbour', address }) }
  const hops = [...flatten(asked)]
  const macs = new Set(hops.flatMap((hop) => answerIn(hop, host, link, address) ?? []))
  if (macs.size > 0) return { macs: [...macs], causes, end: null }
  return { macs: [], causes, end: whyUnanswered(hops, link, address, context) }
}

/** Nobody is there only where the question came everywhere, and to nobody whose addresses are not known. */
function whyUnanswered(hops: readonly WalkHop[], link: Link, address: string, context: Context): WalkEnd {
  const open = hops.find(({ end }) => end?.kind === 'unknown' || end?.kind === 'left')?.end
  if (open?.kind === 'unknown') return open
  const isSilent = open === undefined && !hops.some((hop) => hasUnknownGuest(hop, context))
  return isSilent ? dropped('no-neighbour', { address, device: link.name }) : unknown('outside-model', { about: 'neighbour', address })
}

function* flatten(hop: WalkHop): Generator<WalkHop> {
  yield hop
  for (const { next } of hop.branches) yield* flatten(next)
}

function answerIn({ place, in: { payload }, inPort, end }: WalkHop, host: Host, link: Link, address: string): string | null {
  const isHere = place.kind === 'stack' && place.hostId === host.hostId && place.netns === link.netns && inPort === link.name
  return isHere && end?.kind === 'delivered' && payload.kind === 'arp' && payload.operation === 2 && payload.senderIp === address
    ? payload.senderMac
    : null
}

/** A guest was asked whose addresses nobody told. */
function hasUnknownGuest({ place, in: { payload, vlans }, inPort, end }: WalkHop, { fleet }: Context): boolean {
  if (place.kind !== 'guest' || end?.kind !== 'delivered' || payload.kind !== 'arp' || payload.operation !== 1) return false
  const host = fleet.hosts.get(place.hostId ?? '')
  const tap = host?.link('', inPort ?? '')
  const guests = host && tap ? fleet.guestsAt(host, tap, vlans[0]?.vlanId) : []
  return guests.length === 0 || guests.some(({ ipAddresses }) => ipAddresses === null)
}
