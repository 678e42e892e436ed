// One direction of a path. The order of its hops and their frames come from a walk through the desired states; what each is and whether its
// host agrees is said by the describer of its role. Where the design itself carries the frame no further the leg ends, and says why.

import { Fleet } from '../walk/fleet'
import { isLoss, type WalkHop } from '../walk/walk-result'
import { designFleet } from './design'
import { designGap } from './design-gap'
import { encapsulationOf } from './encapsulation'
import { type HopFacts, judgeHop } from './hop'
import type { HopFinding } from './hop-params'
import { linkStyle } from './link-style'
import { broadcastFrame, unicastFrame } from './packets'
import { numbered } from './number-legs'
import type { Encapsulation, Leg, PathHop, Role } from './path'
import type { PathSide } from './path-side'
import { describe } from './places/describe'
import { headersOf, type Step, stepsOf } from './steps'
import { type Stop, stopsOf } from './stop'
import { type Trail, trailOf } from './trail'
import { underlayOf } from './underlay'

export interface LegInput {
  /** The desired states of the hosts. */
  readonly design: Fleet
  /** What was read of them. */
  readonly observed: Fleet
  readonly from: PathSide
  readonly to: PathSide
}

export function drawLeg({ design, observed, from, to }: LegInput): Leg {
  const trail = trailOf(design, from, to, unicastFrame(from, to))
  const stops = stopsOf(stepsOf(trail.hops, isUnderlay([from, to])), from, to, observed)
  const facts = stops.map(describe)
  return { hops: hopsOf(stops, trail.hasArrived ? facts : withGap(facts, trail, from, to)) }
}

/** What the design makes of a port alone, from its end to the first place with one of these roles. Nothing of it is read. */
export function drawStart(side: PathSide, until: readonly Role[]): readonly PathHop[] {
  const trail = trailOf(designFleet([side]), side, null, broadcastFrame(side))
  const steps = stepsOf(trail.hops, isUnderlay([side]))
  const end = steps.findIndex(({ role }) => until.includes(role))
  const stops = stopsOf(steps.slice(0, end < 0 ? undefined : end + 1), side, side, new Fleet({ hosts: [], wires: [] }))
  return hopsOf(stops, stops.map(describe))
}

export const isUnderlay =
  (sides: readonly Pick<PathSide, 'host' | 'view'>[]) =>
  (hostId: string | null, bridge: string): boolean =>
    sides.some((side) => side.host.id === hostId && underlayOf(side).bridge === bridge)

/** On the last hop that there is. */
function withGap(facts: readonly HopFacts[], { hops }: Trail, from: PathSide, to: PathSide): readonly HopFacts[] {
  const gap = designGap(from, to) ?? endOf(hops.at(-1)!)
  return facts.map((each, index) => (index < facts.length - 1 ? each : { ...each, intentProblems: [...(each.intentProblems ?? []), gap] }))
}

const endOf = ({ end, place }: WalkHop): HopFinding =>
  end && isLoss(end) ? { code: 'design-ends', params: { end } } : { code: 'nothing-behind', params: { device: place.device } }

/** Before any traffic. */
export function hopsOf(stops: readonly Stop[], facts: readonly HopFacts[]): PathHop[] {
  const hops = stops.map((stop, index) => judgeHop(stop, facts[index]!))
  const ids = numbered(hops)
  let worn: Encapsulation = { kind: 'untagged' }
  return hops.map((hop, index): PathHop => {
    const [stop, next] = [stops[index]!, stops[index + 1]]
    worn = encapsulationOf(stop, worn)
    return {
      ...hop,
      id: ids[index]!,
      in: stop.in,
      out: stop.out,
      captured: isWrapping(stop) ? 'in' : 'out',
      encapsulation: worn,
      linkToNext: next ? linkStyle(stop.place.kind, next.place.kind, stop.isTunnelled) : null,
      traffic: 'unchecked',
    }
  })
}

/** A device that puts a header on shows frames without it. */
const isWrapping = ({ place: { kind }, in: before, out }: Step): boolean =>
  (kind === 'vlan' || kind === 'vxlan') && headersOf(out) > headersOf(before)
