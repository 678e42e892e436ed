// A path between two networks that a router of somebody else's joins: no design says how it goes, so its legs are walks through what was
// read. The way back is the walk of the answer to what arrived, through the connections that it left, so that NAT is undone; where
// nothing arrived, it is a request of the other end.

import type { RouterBetween } from '../found/found-routers'
import { routerNamespace } from '../naming'
import type { Frame } from '../walk/frame'
import type { Fleet } from '../walk/fleet'
import type { Connection } from '../walk/linux/netfilter/conntrack'
import { walk } from '../walk/walk'
import { isLoss, type WalkHop } from '../walk/walk-result'
import { hopsOf, isUnderlay } from './draw-leg'
import { withWalkEnd } from './follow-leg'
import type { HostView } from './host-view'
import { unicastFrame } from './packets'
import type { Leg, Path } from './path'
import type { PathSide } from './path-side'
import { type PathSides, seenOn } from './path-sides'
import { describeRouted } from './places/routed'
import { type Step, stepsOf } from './steps'
import type { Stop } from './stop'
import { branchesOf, isAt, startOf } from './trail'

export interface RoutedInput {
  readonly observed: Fleet
  readonly router: RouterBetween
  /** null: a host that was not read. */
  readonly viewOf: (hostId: string) => HostView | null
}

/** `back`: the same ends as the way back has them. */
export function drawRouted(input: RoutedInput, { near, far }: PathSides, back: PathSides): Pick<Path, 'forth' | 'back'> {
  const there = wayOf(input, near, far, toRouter(near, far, input), [])
  const answer = there.arrived ? answerTo(there.arrived.in, far) : toRouter(far, near, input)
  const home = wayOf(input, back.near, back.far, answer, there.connections)
  return { forth: legOf(input, near, far, there), back: legOf(input, back.near, back.far, home) }
}

const toRouter = (from: PathSide, to: PathSide, { router: { macs } }: RoutedInput): Frame => ({
  ...unicastFrame(from, to),
  destinationMac: macs.get(from.network.id) ?? '',
})

/** To whom it seems to come from, by whoever brought it. */
function answerTo({ sourceMac, payload }: Frame, from: PathSide): Frame {
  const frame = { ...unicastFrame(from, from), destinationMac: sourceMac }
  if (payload.kind !== 'ipv4' || frame.payload.kind !== 'ipv4') return frame
  const { source: destination, destination: source } = payload
  return { ...frame, payload: { ...frame.payload, source, destination, transport: { kind: 'icmp', type: 0, code: 0 } } }
}

interface Way {
  readonly hops: readonly WalkHop[]
  /** At the end of the path; null where it does not come there. */
  readonly arrived: WalkHop | null
  readonly connections: readonly Connection[]
}

/** Of what does not arrive, the branch through the router that comes furthest. */
function wayOf({ observed, router }: RoutedInput, from: PathSide, to: PathSide, frame: Frame, known: readonly Connection[]): Way {
  const { root, connections } = walk(observed, startOf(from, frame, 'sent-by-device'), known)
  const ways = [...branchesOf(root, to)]
  const routed = ways.filter((way) => way.some(({ place: { netns } }) => netns === routerNamespace(router.id)))
  // A copy of a flood may come to the same VM by its NIC in the first network.
  const arrived = routed.find((way) => isAt(way.at(-1)!, to))
  const furthest = (routed.length > 0 ? routed : ways).reduce((best, way) => (way.length > best.length ? way : best))
  return { hops: arrived ?? furthest, arrived: arrived?.at(-1) ?? null, connections }
}

function legOf(input: RoutedInput, from: PathSide, to: PathSide, { hops: walked, arrived }: Way): Leg {
  const stops = stopsOf(
    input,
    stepsOf(walked, isUnderlay(from.topology.hosts.map((host) => ({ host, view: input.viewOf(host.id) })))),
    from,
    to,
  )
  const hops = hopsOf(stops, stops.map(describeRouted))
  const last = walked.at(-1)
  if (arrived || !last) return { hops }
  const end = last.end && isLoss(last.end) ? last.end : null
  const ended = (hop: Leg['hops'][number]) => (end ? withWalkEnd(hop, 'frames', from, { end }) : { ...hop, host: 'unchecked' as const })
  return { hops: hops.map((hop, index) => (index === hops.length - 1 ? ended(hop) : hop)) }
}

/** Up to the router a place belongs to the source, from there on to the destination; each is seen on its own host. */
function stopsOf({ viewOf }: RoutedInput, steps: readonly Step[], from: PathSide, to: PathSide): Stop[] {
  const router = steps.findIndex(({ role }) => role === 'router')
  return steps.map((step, index) => {
    const [own, peer] = router < 0 || index <= router ? [from, to] : [to, from]
    const side = seenAt(own, step.place.hostId, viewOf)
    return { ...step, side, peer, carrier: null, trace: null, alsoTo: [], before: null, behind: null }
  })
}

function seenAt(side: PathSide, hostId: string | null, viewOf: RoutedInput['viewOf']): PathSide {
  const host = side.host.id === hostId ? undefined : side.topology.hosts.find(({ id }) => id === hostId)
  return host ? seenOn(side, host, viewOf(host.id)) : side
}
