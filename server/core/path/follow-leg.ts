// Follows the packets of a leg by computation through what the hosts have, and brings what it finds to the hops: where they end although
// no check of a hop saw why (a rule of iptables, a flow nobody expected), and where nobody can tell. A hop that is known to be
// wrong keeps its own finding.

import { TUNNEL_BRIDGE, tapName } from '../naming'
import type { Topology } from '../topology/topology'
import type { Frame } from '../walk/frame'
import type { Fleet } from '../walk/fleet'
import type { Connection } from '../walk/linux/netfilter/conntrack'
import { walk } from '../walk/walk'
import { isLoss, type WalkEnd, type WalkHop } from '../walk/walk-result'
import { endPlaceOf } from './end-place'
import { isDesigned, withOwner } from './group-of-chain'
import type { HopParams, PacketKind } from './hop-params'
import { answerFrame, arpFrame, unicastFrame } from './packets'
import type { Leg, PathHop } from './path'
import { nicPort, type PathSide } from './path-side'
import { startOf } from './trail'

export interface FollowedLeg {
  readonly leg: Leg
  /** What its packets left in the tables of connections; null where it is not known that they arrive. */
  readonly connections: readonly Connection[] | null
}

/** `forth`: of a way back. What comes by it answers what went forth, and security groups let it pass as such. */
export function followLeg(fleet: Fleet, from: PathSide, to: PathSide, leg: Leg, forth?: FollowedLeg): FollowedLeg {
  const isRead = [from, to].every(({ host }) => fleet.hosts.has(host.id))
  if (!isRead || leg.hops.some(({ host }) => host === 'differs')) return { leg, connections: null }
  const known = forth ? (forth.connections ?? 'assumed') : []
  let connections: FollowedLeg['connections'] = null
  for (const [what, frame] of packetsOf(from, to, forth !== undefined)) {
    const walked = walk(fleet, startOf(from, frame, 'sent-by-stack'), what === 'frames' ? known : [])
    const found = follow(walked.root, from, to, leg)
    if (found === 'arrived' && what === 'frames') connections = walked.connections
    if (found === null || found === 'arrived') continue
    const withFinding = (hop: PathHop) => ('astray' in found ? strayed(hop, what, from, found.astray) : withWalkEnd(hop, what, from, found))
    return { leg: { hops: leg.hops.map((hop, index) => (index === found.index ? withFinding(hop) : hop)) }, connections: null }
  }
  return { leg, connections }
}

/** ARP first, since nothing follows without it. */
function packetsOf(from: PathSide, to: PathSide, isAnswer: boolean): readonly (readonly [PacketKind, Frame])[] {
  const unicast = ['frames', isAnswer ? answerFrame(from, to) : unicastFrame(from, to)] as const
  const [endpoint, peer] = [from.endpoint, to.endpoint]
  // What a namespace sends it asks for itself; an address that is not known cannot be judged.
  return endpoint.kind !== 'vm' || endpoint.ipAddress === null || peer.ipAddress === null
    ? [unicast]
    : [['arp-requests', arpFrame(from, to)], unicast]
}

type Found = { readonly index: number } & ({ readonly end: WalkEnd } | { readonly astray: Astray })

/** A bridge sends them to other ports than the one that leads on. */
type Astray = Pick<HopParams['not-sent-on'], 'bridge' | 'ports' | 'port' | 'why' | 'isLearned'>

/** null: nothing is concluded. */
function follow(root: WalkHop, from: PathSide, to: PathSide, leg: Leg): Found | 'arrived' | null {
  const visited = [...everyHop(root)]
  if (visited.some((hop) => isArrival(hop, to) || isAnswer(hop, from))) return 'arrived'
  const places = visited.map((hop) => ({ hop, end: hop.end, index: indexOn(leg, hop) }))
  const open = places.filter(({ end }) => end?.kind === 'unknown' || end?.kind === 'left')
  // What nobody can tell may be the way on: beside it no drop is one of all packets. Nor is one of a copy, where another came further.
  const furthest = Math.max(...places.map(({ index }) => index))
  const last = (open.length > 0 ? open : places).find(({ end, index }) => end !== null && index === furthest)
  if (furthest < 0) return null
  // Before how a copy ends that has nothing to do with this leg.
  const astray = open.length > 0 ? null : goneAstray(places.findLast(({ index }) => index === furthest)!.hop, leg.hops[furthest + 1])
  if (astray) return { index: furthest, astray }
  return last?.end && isLoss(last.end) ? { index: furthest, end: last.end } : null
}

/**
 * null: not at a bridge, or it does send them on, and what comes then is not known here. A tunnel port, which br-tun has checks of its own for,
 * is no hop; a pair of patch ports is one, by the name of either.
 */
function goneAstray({ place, branches, causes, losses = [] }: WalkHop, next: PathHop | undefined): Astray | null {
  const isBridge = place.kind === 'ovs-bridge' || place.kind === 'linux-bridge'
  const port = next?.place.device
  const why = losses.find(({ params }) => params['port'] === port) ?? null
  if (
    !isBridge ||
    (branches.length === 0 && !why) ||
    port === undefined ||
    next?.role === 'underlay-bridge' ||
    place.device === TUNNEL_BRIDGE
  )
    return null
  if (branches.some((way) => way.outPort === port || (next?.role === 'patch' && way.next.place.kind === 'ovs-patch'))) return null
  return {
    bridge: place.device,
    // Every flood comes to the bridge's own device.
    ports: branches.flatMap(({ outPort }) => (outPort === null || outPort === place.device ? [] : [outPort])),
    port,
    why,
    isLearned: causes.some(({ kind }) => kind === 'mac-table' || kind === 'fdb'),
  }
}

function* everyHop(hop: WalkHop): Iterable<WalkHop> {
  yield hop
  for (const { next } of hop.branches) yield* everyHop(next)
}

/** Which addresses a guest takes is its own business: its NIC has one, a VLAN interface of a subport may have another. */
function isArrival({ place, end }: WalkHop, side: PathSide): boolean {
  if (place.hostId !== side.host.id) return false
  const inside = endPlaceOf(side)
  if (inside) return end?.kind === 'delivered' && place.netns === inside.netns
  const nic = nicPort(side)
  // Where libvirt was not read, or somebody else runs the guest, its tap stands for it.
  return place.kind === 'guest' && (place.device === nic.deviceId || place.device === tapName(nic.id))
}

/** The answer of an ARP responder comes back to who asked. */
const isAnswer = ({ place, in: { payload, destinationMac } }: WalkHop, { host, endpoint }: PathSide): boolean =>
  place.kind === 'guest' &&
  place.hostId === host.id &&
  payload.kind === 'arp' &&
  payload.operation === 2 &&
  destinationMac === endpoint.macAddress

/** -1: the leg does not come there. */
function indexOn({ hops }: Leg, { place: { hostId, netns, kind, device } }: WalkHop): number {
  if (kind === 'ovs-tunnel') return hops.findIndex((hop) => hop.place.hostId === hostId && hop.role === 'br-tun')
  // A bridge's own device has its name, and is no part of a way through it.
  if (kind === 'ovs-internal' && netns === '') return -1
  return hops.findIndex((hop) => hop.place.hostId === hostId && hop.place.netns === netns && hop.place.device === device)
}

export function withWalkEnd(
  hop: PathHop,
  what: PacketKind,
  { endpoint: { label }, topology }: PathSide,
  found: { readonly end: WalkEnd },
): PathHop {
  const end = withOwner(topology, found.end)
  const params = { what, label, end }
  return end.kind === 'unknown'
    ? { ...hop, host: 'unchecked', doubts: [...hop.doubts, { code: 'not-followed', params }] }
    : { ...hop, ...wrong(topology, end), finding: hop.finding ?? { code: 'walk-ends', params } }
}

/** A security group that ends them as it is designed to is no fault of the host. */
const wrong = (topology: Topology, end: WalkEnd | null): Partial<Pick<PathHop, 'intent' | 'host'>> =>
  end && isDesigned(topology, end) ? { intent: 'differs' } : { host: 'differs' }

function strayed(hop: PathHop, what: PacketKind, { endpoint: { label }, topology }: PathSide, astray: Astray): PathHop {
  const why = astray.why && withOwner(topology, astray.why)
  const finding = hop.finding ?? { code: 'not-sent-on', params: { what, label, ...astray, why } }
  return { ...hop, ...wrong(topology, astray.why), finding }
}
