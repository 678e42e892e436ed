// Where the traffic of one verification ends. Packets are followed in the order in which they happen: requests from the
// left, then replies from the right; ARP when the ping never got past it. The first hop that falls short is the one to
// name, unless a hop behind it saw everything: then its own measuring failed and the frame was not lost there. A ping that
// was answered as often as it asked is such a hop at the very end.

import { INTEGRATION_BRIDGE } from '../naming'
import type { Mismatch } from '../packet/mismatch'
import { isMute, isReply, measuredHops, travelOf } from './travel'
import type { TrafficKind } from './traffic-kinds'
import type { Endpoint, Path, PathHop, Role } from './path'
import type { EvidenceNote } from './verdict-params'
import type { DropGrowth, HopSighting } from './sighting'
import type { HopStatus } from './verification'

export interface Shortfall {
  readonly kind: TrafficKind
  readonly hop: PathHop
  /** The last hop, in the direction of travel, that saw the packets. */
  readonly lastGood: PathHop | null
  readonly seen: number
  readonly wanted: number
  /** How those differed that came. */
  readonly difference: readonly Mismatch[] | null
}

export interface TrafficVerdict {
  readonly shortfall: Shortfall | null
  /** By hop id. */
  readonly statuses: ReadonlyMap<string, { readonly status: HopStatus; readonly note: EvidenceNote | null }>
}

export interface TrafficInput {
  readonly path: Path
  readonly sightings: ReadonlyMap<string, HopSighting>
  readonly drops: readonly DropGrowth[]
  /** Echo requests that the ping says it sent. */
  readonly transmitted: number
  /** Answers, as the ping counted them. */
  readonly received: number
}

interface Leg {
  readonly kind: TrafficKind
  /** In the order of travel. */
  readonly hops: readonly PathHop[]
  /** Of a capture, which knows its packets. */
  readonly wanted: number
  /** Of a flow counter, which counts other packets of the port with them. */
  readonly wantedByCounters: number
  /** These very packets were dropped before any counter: what counters behind saw was something else. */
  readonly isSpoofed: boolean
}

export function judgeTraffic(input: TrafficInput): TrafficVerdict {
  const legs = legsOf(input)
  const failed = legs.find((leg) => findShortfall(leg, input) !== null)
  const shortfall = failed ? findShortfall(failed, input) : null
  const measured = measuredHops(input.path)
  const own = new Map(measured.map((hop) => [hop.id, statusOf(hop, legs, shortfall, input)]))
  const implied = [travelOf(input.path, 'echo-request'), travelOf(input.path, 'echo-reply')].map((travel) => withImplied(travel, own))
  return { shortfall, statuses: new Map(measured.map(({ id }) => [id, implied.find((each) => each.has(id))?.get(id) ?? own.get(id)!])) }
}

/**
 * ARP is followed only when no echo request was ever sent; its number of repetitions says nothing, so one is enough. A counter must
 * show as many as were captured where they began (but for one, sent while counters were read): a single packet may be any
 * broadcast of the guest. Requests that went to another MAC were sent: who has an entry for the address does not ask.
 */
function legsOf(input: TrafficInput): Leg[] {
  const { path, sightings, transmitted, received } = input
  // Nothing was sent: silence proves nothing.
  if (transmitted === 0) return []
  const first = firstSighting(path.forth.hops, sightings)
  const hasEcho = received > 0 || countOf(first, 'echo-request') > 0 || first?.wrongMacs['echo-request'] !== undefined
  const sent = lostItsNeighbour(first) ? countOf(first, 'echo-request') : transmitted
  // Where the way forth is known to end before it arrives, nobody can have answered.
  if (hasEcho && !hasArrived(path)) return [echo('echo-request')]
  if (hasEcho) return [echo('echo-request'), echo('echo-reply')]
  return [arp('arp-request'), arp('arp-reply'), echo('echo-request')]

  function echo(kind: TrafficKind): Leg {
    return { kind, hops: travelOf(path, kind), wanted: sent, wantedByCounters: sent, isSpoofed: false }
  }
  function arp(kind: TrafficKind): Leg {
    const hops = travelOf(path, kind)
    const wantedByCounters = Math.max(1, countOf(firstSighting(hops, sightings), kind) - 1)
    return { kind, hops, wanted: 1, wantedByCounters, isSpoofed: kind === 'arp-request' && isSpoofed(input, wantedByCounters) }
  }
}

/** A guest that knew the MAC, and asks for it again without an answer, keeps the requests that are left to itself. */
const lostItsNeighbour = (first: HopSighting | undefined): boolean =>
  countOf(first, 'echo-request') > 0 && countOf(first, 'arp-request') > 0 && countOf(first, 'arp-reply') === 0

const roleOfEnd: Readonly<Record<Endpoint['kind'], Role>> = { vm: 'vm', dhcp: 'dhcp', router: 'router-port', outside: 'outside' }

/** At a router's port that is down they end, and the flows before it are those of both ways. */
function hasArrived({ forth, destination: { hostId, kind } }: Path): boolean {
  const last = forth.hops.at(-1)
  const isThere = last?.role === roleOfEnd[kind] && (kind === 'outside' || last.place.hostId === hostId)
  return isThere && !(kind === 'router' && last.finding?.code === 'device-down')
}

/**
 * ARP from an address that is not the port's, and as many drops by anti-spoofing (T24) of its host. Other packets of such a guest
 * pass, and a counter takes them for these.
 */
function isSpoofed({ path, sightings, drops }: TrafficInput, count: number): boolean {
  const hostId = path.forth.hops[0]?.place.hostId
  const isOwn = (address: string) => address === path.source.ipAddress
  const hasOther = [...sightings.values()].some(({ arpSenders }) => arpSenders.length > 0 && !arpSenders.some(isOwn))
  return (
    hasOther &&
    drops.some(
      (drop) => drop.hostId === hostId && drop.flow.bridge === INTEGRATION_BRIDGE && drop.flow.table === 24 && drop.packets >= count,
    )
  )
}

/** The capture nearest to where packets begin: what is not seen there was never sent. */
function firstSighting(hops: readonly PathHop[], sightings: TrafficInput['sightings']): HopSighting | undefined {
  const first = hops.find(({ id, proof }) => proof.method === 'capture' && sightings.get(id)?.counts['echo-request'] !== null)
  return first && sightings.get(first.id)
}

const countOf = (sighting: HopSighting | undefined, kind: TrafficKind): number => sighting?.counts[kind] ?? 0

const seenAt = ({ id, proof }: PathHop, { kind, isSpoofed }: Leg, sightings: TrafficInput['sightings']): number =>
  isSpoofed && proof.method === 'flow-counter' ? 0 : countOf(sightings.get(id), kind)

const wantedAt = ({ proof }: PathHop, { wanted, wantedByCounters }: Leg): number =>
  proof.method === 'flow-counter' ? wantedByCounters : wanted

function findShortfall(leg: Leg, input: TrafficInput): Shortfall | null {
  const { kind, hops } = leg
  const { sightings } = input
  const measured = hops.filter(({ id }) => (sightings.get(id)?.counts[kind] ?? null) !== null)
  const first = measured.findIndex((hop, position) => isShort(hop) && !isSeenLater(measured.slice(position + 1)))
  const end = endBehind(first)
  const index = end < 0 ? first : end
  const hop = measured[index]
  if (!hop) return null
  const lastGood = measured.slice(0, index).findLast((before) => (end < 0 ? !isShort(before) : seenAt(before, leg, sightings) > 0)) ?? null
  const sighting = sightings.get(hop.id)
  // Packets that went by with another header were answered by somebody else, or by another way.
  if (isAnswered(input) && sighting?.differences[kind] === undefined) return null
  return {
    kind,
    hop,
    lastGood,
    seen: seenAt(hop, leg, sightings),
    wanted: wantedAt(hop, leg),
    difference: sighting?.differences[kind] ?? null,
  }

  /** Where a capture misses some and all others are lost further on, that end is the fault; a single one may be lost while a switch looks for its way. */
  function endBehind(position: number): number {
    const partial = measured[position]
    if (partial?.proof.method !== 'capture' || seenAt(partial, leg, sightings) === 0) return -1
    return measured.findIndex(
      (each, later) =>
        later > position &&
        seenAt(each, leg, sightings) === 0 &&
        !measured.slice(later).some((behind) => seenAt(behind, leg, sightings) > 0),
    )
  }
  function isShort(each: PathHop): boolean {
    return seenAt(each, leg, sightings) < wantedAt(each, leg)
  }
  /** Only a capture knows that it was these very packets; counters are shared with other traffic. */
  function isSeenLater(later: readonly PathHop[]): boolean {
    return later.some((each) => each.proof.method === 'capture' && !isShort(each))
  }
}

const isAnswered = ({ transmitted, received }: TrafficInput): boolean => transmitted > 0 && received >= transmitted

function statusOf(hop: PathHop, legs: readonly Leg[], shortfall: Shortfall | null, input: TrafficInput) {
  const { sightings } = input
  const sighting = sightings.get(hop.id)
  const mine = legs.filter(({ kind, hops }) => hops.includes(hop) && (sighting?.counts[kind] ?? null) !== null)
  if (mine.length === 0) return { status: 'unchecked', note: null } as const
  if (!shortfall) return withoutShortfall(hop, mine, sighting, input)
  const leg = legs.find(({ kind }) => kind === shortfall.kind)
  if (leg && !leg.hops.includes(hop)) return besideTheLoss(hop, legs.indexOf(leg), legs, mine, sighting, input)
  return onTheWayOfTheLoss(hop, leg, shortfall, sightings)
}

function onTheWayOfTheLoss(hop: PathHop, leg: Leg | undefined, shortfall: Shortfall, sightings: TrafficInput['sightings']) {
  const sighting = sightings.get(hop.id)
  const isGuilty = hop.id === shortfall.hop.id
  const seen = leg ? seenAt(hop, leg, sightings) : countOf(sighting, shortfall.kind)
  if (isGuilty) return { status: seen > 0 || shortfall.difference !== null ? 'differs' : 'missing', note: null } as const
  const isBefore = (leg?.hops.indexOf(hop) ?? 0) < (leg?.hops.indexOf(shortfall.hop) ?? 0)
  const isEnough = seen >= (leg ? wantedAt(hop, leg) : shortfall.wanted)
  if (isBefore || isEnough) return { status: isEnough ? 'agrees' : 'unchecked', note: null } as const
  // What was lost on its way back must not look like a fault of the hops that saw the request pass.
  if (isReply(shortfall.kind)) return { status: 'unchecked', note: { code: 'replies-lost', params: {} } } as const
  return { status: seen === 0 ? 'missing' : 'differs', note: { code: 'behind-the-loss', params: {} } } as const
}

/** The packets that were lost do not come by here: what came before them tells, what would have come after them does not. */
function besideTheLoss(
  hop: PathHop,
  lost: number,
  legs: readonly Leg[],
  mine: readonly Leg[],
  sighting: HopSighting | undefined,
  input: TrafficInput,
) {
  if (mine.every((leg) => legs.indexOf(leg) < lost)) return withoutShortfall(hop, mine, sighting, input)
  return { status: 'unchecked', note: null } as const
}

function withoutShortfall(hop: PathHop, legs: readonly Leg[], sighting: HopSighting | undefined, input: TrafficInput) {
  const short = legs.find((leg) => countOf(sighting, leg.kind) < wantedAt(hop, leg))
  if (!short) return { status: 'agrees', note: null } as const
  const params = { seen: countOf(sighting, short.kind), wanted: wantedAt(hop, short), wereAnswered: isAnswered(input) }
  return { status: 'unchecked', note: { code: 'counted-less', params } } as const
}

/** A hop that cannot be measured has been crossed when the frames were seen on both sides of it. */
function withImplied(hops: readonly PathHop[], statuses: TrafficVerdict['statuses']): TrafficVerdict['statuses'] {
  const isSeen = (hop: PathHop | undefined) => hop !== undefined && statuses.get(hop.id)?.status === 'agrees'
  const isMeasured = (hop: PathHop) => (statuses.get(hop.id)?.status ?? 'unchecked') !== 'unchecked'
  return new Map(
    hops.map((hop, index) => {
      const own = statuses.get(hop.id) ?? { status: 'unchecked', note: null }
      if (own.status !== 'unchecked' || own.note !== null || isMute(hop)) return [hop.id, own]
      const before = hops.slice(0, index).findLast(isMeasured)
      const behind = hops.slice(index + 1).find(isMeasured)
      if (!before || !behind || !isSeen(before) || !isSeen(behind)) return [hop.id, own]
      return [
        hop.id,
        { status: 'agrees', note: { code: 'seen-around', params: { before: before.place.device, behind: behind.place.device } } },
      ]
    }),
  )
}
