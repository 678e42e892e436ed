// From the points that saw a packet to the first point that should have seen it and did not.
// It needs the direction of travel; without one, only a gap between two sightings is sure.

import type { Direction } from './travel-direction'

export interface Sighting {
  readonly pointId: string
  /** Indexes into the packets of that point: several when the packet was repeated, copied, or cut by offload. */
  readonly indexes: readonly number[]
  readonly timestampUs: number
  /** Fewer copies, or fewer bytes of a TCP range, than upstream. */
  readonly isPartial: boolean
}

export interface MissingAt {
  readonly pointId: string
  /** The last point before it that saw the packet. */
  readonly afterPointId: string
  /** Seen in full further on: then this point failed to capture, and the packet was not lost here. */
  readonly isSeenLater: boolean
  readonly extent: 'all' | 'some'
}

/** `route` names all points, and `sightings` those that saw the packet, both in the order of travel. */
export function missingAt(sightings: readonly Sighting[], route: readonly string[], direction: Direction): MissingAt | undefined {
  const byPoint = new Map(sightings.map((sighting) => [sighting.pointId, sighting]))
  const first = route.findIndex((pointId) => byPoint.has(pointId))
  const suspect = route.findIndex((pointId, position) => position > first && byPoint.get(pointId)?.isPartial !== false)
  const pointId = route[suspect]
  if (first < 0 || pointId === undefined) return undefined
  const isSeenLater = route.slice(suspect + 1).some((later) => byPoint.get(later)?.isPartial === false)
  if (direction === 'unknown' && !isSeenLater) return undefined
  const afterPointId = route.slice(0, suspect).findLast((before) => byPoint.has(before)) ?? ''
  return { pointId, afterPointId, isSeenLater, extent: byPoint.has(pointId) ? 'some' : 'all' }
}
