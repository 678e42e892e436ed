// The way of a packet through the desired states, from one end of a path to the other: of everything that a walk finds, the branch that
// arrives, or where none does the one that comes furthest.

import { tapName } from '../naming'
import { DOT1Q, type Frame } from '../walk/frame'
import type { Fleet } from '../walk/fleet'
import { walk, type WalkStart } from '../walk/walk'
import type { WalkHop } from '../walk/walk-result'
import { tagged } from '../walk/linux/wire'
import { endPlaceOf } from './end-place'
import { nicPort, type PathSide } from './path-side'

/** `as`: what sends from a namespace is its stack, or, where the frame is given as a whole, its device. */
export function startOf(side: PathSide, frame: Frame, as: 'sent-by-stack' | 'sent-by-device'): WalkStart {
  const { host, trunk, outside } = side
  if (outside) return { as: 'sent-by-outside', segment: outside, frame: tagged(outside, frame) }
  const inside = endPlaceOf(side)
  if (inside) return { hostId: host.id, ...inside, frame, as }
  const vlans = trunk?.guestVlan ? [{ tpid: DOT1Q, vlanId: trunk.guestVlan, pcp: 0 }] : []
  return { hostId: host.id, netns: '', device: tapName(nicPort(side).id), frame: { ...frame, vlans }, as: 'sent-by-guest' }
}

export interface Trail {
  readonly hops: readonly WalkHop[]
  readonly hasArrived: boolean
}

/** `to` null: to everybody. */
export function trailOf(design: Fleet, from: PathSide, to: PathSide | null, frame: Frame): Trail {
  const trails = [...branchesOf(walk(design, startOf(from, frame, 'sent-by-device')).root, to)]
  const arrived = trails.find((trail) => to && isAt(trail.at(-1)!, to))
  return {
    hops: arrived ?? trails.reduce((furthest, trail) => (trail.length > furthest.length ? trail : furthest)),
    hasArrived: arrived !== undefined,
  }
}

export function* branchesOf(hop: WalkHop, to: PathSide | null, before: readonly WalkHop[] = []): Generator<readonly WalkHop[]> {
  const trail = [...before, hop]
  if (hop.branches.length === 0 || (to && isAt(hop, to))) yield trail
  else for (const { next } of hop.branches) yield* branchesOf(next, to, trail)
}

/** A guest is come to by its tap, and left by none. */
export function isAt({ place, inPort, end }: WalkHop, side: PathSide): boolean {
  if (side.outside) return place.kind === 'outside' && end?.kind === 'delivered'
  if (place.hostId !== side.host.id) return false
  const inside = endPlaceOf(side)
  if (inside) return place.netns === inside.netns && (place.kind !== 'stack' || end?.kind === 'delivered')
  return place.kind === 'guest' && inPort === tapName(nicPort(side).id)
}
