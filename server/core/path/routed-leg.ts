// A path by a router, or out of the cloud: no design says as a whole how it goes, so its legs are walks through what was read. The way back is the
// walk of the answer to what arrived, through the connections that it left, so that NAT is undone; where nothing arrived, it is a request of
// the other end.

import { routerNamespace } from '../naming'
import { findById } from '../topology/find'
import { floatingIpsTo } from '../topology/floating-ips'
import { dropped } from '../walk/ends'
import { arpRequest, type Frame } from '../walk/frame'
import type { Fleet } from '../walk/fleet'
import type { Connection } from '../walk/linux/netfilter/conntrack'
import { walk } from '../walk/walk'
import { isLoss, type WalkEnd, type WalkHop } from '../walk/walk-result'
import { answersTo } from './asked'
import { hopsOf, isUnderlay } from './draw-leg'
import { withWalkEnd } from './follow-leg'
import { floatingCause, untranslated } from './floating-cause'
import { type Gate, type Gates, openRouter } from './gates'
import type { PacketKind } from './hop-params'
import type { HostView } from './host-view'
import { floatingAddress } from './list-endpoints'
import { tunnelOf, unicastFrame } from './packets'
import type { Leg, Path, PathHop } from './path'
import type { PathSide } from './path-side'
import { type PathSides, seenOn } from './path-sides'
import { outside } from './places/outside'
import { describeRouted } from './places/routed'
import { routersFor } from './router-between'
import { type Step, stepsOf } from './steps'
import type { Stop } from './stop'
import { branchesOf, isAt, startOf } from './trail'
import { isBeyond } from './travel'

export interface RoutedInput {
  readonly observed: Fleet
  readonly gates: Gates
  /** null: a host that was not read. */
  readonly viewOf: (hostId: string) => HostView | null
}

/** `back`: the same ends as the way back has them. */
export function drawRouted(input: RoutedInput, { near, far }: PathSides, back: PathSides): Pick<Path, 'forth' | 'back'> {
  const { gates } = input
  const there = requestOf(input, near, far, gates.near)
  const home = there.arrived
    ? wayOf(input, back.near, back.far, { gate: gates.far, frame: answerTo(there.arrived.in, far), known: there.connections })
    : requestBack(input, back)
  return { forth: legOf(input, near, far, there), back: legOf(input, back.near, back.far, home) }
}

/** Nothing has arrived that could be answered: to what is reached from outside by another address it sends there, and to nobody else. */
function requestBack(input: RoutedInput, { near, far }: PathSides): Way {
  const aimed = isBeyond(near.endpoint) ? reachable(far) : far
  const { far: gate } = input.gates
  if (aimed) return requestOf(input, near, aimed, gate)
  return endsWhereItBegins(input, near, far, { gate, frame: unicastFrame(near, far), known: [] })
}

/** Nothing here tells how it goes on. */
function endsWhereItBegins(input: RoutedInput, from: PathSide, to: PathSide, sent: Sent): Way {
  const { hops, ...way } = wayOf(input, from, to, sent)
  return { ...way, hops: hops.slice(0, 1), arrived: null }
}

/** Who is outside comes to it by members of a gateway cluster, of which nothing is read. */
const isBehindGateways = ({ topology, port }: PathSide): boolean =>
  routersFor(topology, port).some((id) => findById(topology.routers, id)?.floatingIpMode === 'gateway')

/** null: only its own packets come out, and their answers back. */
function reachable(side: PathSide): PathSide | null {
  const { topology, port, endpoint } = side
  if (isBeyond(endpoint)) return side
  const floatingIp = floatingIpsTo(topology.floatingIps, port.id)[0]
  if (floatingIp)
    return { ...side, endpoint: { ...endpoint, floatingIp: { id: floatingIp.id, address: floatingAddress(topology, floatingIp) } } }
  return routersFor(topology, port).length === 0 || openRouter(topology, port.networkId) !== null ? side : null
}

/** Where nobody answers the question for the first MAC, the question is what is followed. */
function requestOf(input: RoutedInput, from: PathSide, to: PathSide, gate: Gate): Way {
  const frame = unicastFrame(from, to)
  if (from.outside && isBehindGateways(to)) return endsWhereItBegins(input, from, to, { gate, frame, known: [] })
  if (gate.routerId !== null) return wayOf(input, from, to, { gate, frame: { ...frame, destinationMac: gate.mac }, known: [] })
  const question = arpRequest({ mac: from.endpoint.macAddress, ip: gate.asker }, gate.address)
  const [destinationMac] = answersTo(input.observed, from, question)
  if (destinationMac !== undefined) return wayOf(input, from, to, { gate, frame: { ...frame, destinationMac }, known: [] })
  const asked = wayOf(input, from, to, { gate, frame: question, known: [] })
  return { ...asked, what: 'arp-requests', unanswered: dropped('no-neighbour', { address: gate.address, device: from.network.name }) }
}

/** To whom it seems to come from, by whoever brought it. */
function answerTo({ sourceMac, destinationMac, payload }: Frame, from: PathSide): Frame {
  const frame = { ...unicastFrame(from, from), destinationMac: sourceMac }
  if (payload.kind !== 'ipv4' || frame.payload.kind !== 'ipv4') return frame
  const { source: destination, destination: source } = payload
  const own = from.endpoint.kind === 'outside' ? destinationMac : frame.sourceMac
  return {
    ...frame,
    sourceMac: own,
    payload: { ...frame.payload, source, destination, transport: { kind: 'icmp', type: 0, code: 0 } },
  }
}

interface Way {
  readonly hops: readonly WalkHop[]
  /** To whom the first frame goes by what ARP says; null: to a router that is known. */
  readonly firstAsked: string | null
  /** At the end of the path; null where it does not come there. */
  readonly arrived: WalkHop | null
  readonly connections: readonly Connection[]
  readonly what: PacketKind
  /** What is said of a question that nobody answers, where nothing ends it. */
  readonly unanswered?: WalkEnd
}

interface Sent {
  readonly gate: Gate
  readonly frame: Frame
  readonly known: readonly Connection[]
}

/** Of what does not arrive, the branch through the router, or to the host of the end, that comes furthest. */
function wayOf({ observed }: RoutedInput, from: PathSide, to: PathSide, { gate, frame, known }: Sent): Way {
  const { root, connections } = walk(observed, startOf(from, frame, 'sent-by-device'), known)
  const ways = [...branchesOf(root, to)]
  const isRouted = (way: readonly WalkHop[]) =>
    gate.routerId === null || way.some(({ place: { netns } }) => netns === routerNamespace(gate.routerId))
  // A copy of a flood may come to the same VM by its NIC in the first network.
  const arrived = ways.find((way) => isRouted(way) && isAt(way.at(-1)!, to))
  const isNear = (way: readonly WalkHop[]) =>
    gate.routerId === null ? way.some(({ place }) => place.hostId === to.host.id && place.netns !== '') : isRouted(way)
  const likely = ways.filter(isNear)
  const furthest =
    ways.find((way) => isKept(way.at(-1)!)) ??
    (likely.length > 0 ? likely : ways).reduce((best, way) => (way.length > best.length ? way : best))
  const firstAsked = gate.routerId === null ? gate.address : null
  return { hops: arrived ?? furthest, firstAsked, arrived: arrived?.at(-1) ?? null, connections, what: 'frames' }
}

function legOf(input: RoutedInput, from: PathSide, to: PathSide, { hops: walked, arrived, what, unanswered, firstAsked }: Way): Leg {
  const stops = stopsOf(
    input,
    stepsOf(walked, isUnderlay(from.topology.hosts.map((host) => ({ host, view: input.viewOf(host.id) })))),
    from,
    to,
  )
  const hops = hopsOf(
    stops,
    stops.map((stop, index) => (stop.role === 'outside' ? outside(stops, index, firstAsked) : describeRouted(stop))),
  )
  const last = walked.at(-1)
  if (arrived || !last) return { hops: marked(hops, from) }
  const beyond = stops.findIndex(({ role, in: frame }) => role === 'wire' && isBeyondHosts(to, frame))
  // In a tunnel to where nothing is read: what becomes of it there is no fault of these hosts.
  if (beyond >= 0)
    return { hops: hops.slice(0, beyond + 1).map((hop, index) => (index < beyond ? hop : { ...hop, host: 'unchecked', linkToNext: null })) }
  const end = lossAt(last) ?? unanswered ?? null
  return { hops: hops.map((hop, index) => (index < hops.length - 1 ? hop : end ? ended(hop, end) : { ...hop, host: 'unchecked' })) }

  function ended(hop: PathHop, why: WalkEnd): PathHop {
    const told = withWalkEnd(hop, what, from, { end: why })
    const cause = floatingCause({ hop, view: input.viewOf(hop.place.hostId ?? ''), end: why }, [from, to])
    const { finding } = told
    return cause && finding?.code === 'walk-ends' ? { ...told, finding: { ...finding, params: { ...finding.params, cause } } } : told
  }
}

/** A router that is sent to by an address of its own, as a floating IP is, sends nothing on unless it translates. */
const isKept = ({ end, in: { payload } }: WalkHop): boolean => end?.kind === 'delivered' && end.to === 'stack' && payload.kind === 'ipv4'

function lossAt(hop: WalkHop): WalkEnd | null {
  const { end, in: frame, place } = hop
  if (end && isLoss(end)) return end
  const { payload } = frame
  return isKept(hop) && payload.kind === 'ipv4' ? dropped('own-address', { netns: place.netns, address: payload.destination }) : null
}

function isBeyondHosts({ topology: { hosts } }: PathSide, frame: Frame): boolean {
  const tunnel = tunnelOf(frame)
  return tunnel !== null && !hosts.some((host) => host.tunnel?.address === tunnel.destination)
}

/** Where what arrives has an address that cannot be answered. */
function marked(hops: readonly PathHop[], from: PathSide): readonly PathHop[] {
  const found = untranslated(hops, from)
  return found ? hops.map((hop, index) => (index === found.index ? { ...hop, host: 'differs', finding: found.finding } : hop)) : hops
}

/**
 * Up to the first router, or to where it leaves its host, a place belongs to the source, behind the last one to the destination; each is seen on its
 * own host.
 */
function stopsOf({ viewOf, gates: { outer } }: RoutedInput, steps: readonly Step[], from: PathSide, to: PathSide): Stop[] {
  const routers = steps.flatMap(({ role }, index) => (role === 'router' ? [index] : []))
  const turn = steps.findIndex(({ role }) => role === 'wire' || role === 'outside')
  const [first, last] = [routers[0] ?? turn, routers.at(-1) ?? turn]
  const between = outer ? { ...to, network: outer } : to
  return steps.map((step, index) => {
    const [own, peer] = first < 0 || index <= first ? [from, to] : [index < last ? between : to, from]
    // What is on a host of ours is designed, whoever is outside.
    const hasDesign = own.hasDesign || (peer.hasDesign && step.place.hostId !== null)
    const side = { ...seenAt(own, step.place.hostId, viewOf), hasDesign }
    return { ...step, side, peer, carrier: null, trace: null, alsoTo: [], before: null, behind: null }
  })
}

function seenAt(side: PathSide, hostId: string | null, viewOf: RoutedInput['viewOf']): PathSide {
  const host = side.host.id === hostId ? undefined : side.topology.hosts.find(({ id }) => id === hostId)
  return host ? seenOn(side, host, viewOf(host.id)) : side
}
