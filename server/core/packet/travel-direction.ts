// Which way the packets of one flow travel along the capture points: up their order, or down it. Replies come back
// through the same points, and "missing after" means nothing before the direction is known.
//
// Known from the addresses at the ends where the caller gives them. Otherwise the points vote: a packet that is seen
// earlier at the lower point travels up. Only points that share a clock are compared, since clocks of hosts differ.

/** `forward` is up the order of the points. */
export type Direction = 'forward' | 'reverse' | 'unknown'

/** Addresses (IP or MAC) that live before the first and behind the last point. */
export interface PathEnds {
  readonly first: readonly string[]
  readonly last: readonly string[]
}

export interface TimedSighting {
  /** Position of the point on the path. */
  readonly rank: number
  readonly clockId: string
  readonly timestampUs: number
}

export function directionByEnds(source: string, ends: PathEnds | undefined): Direction {
  if (ends?.first.includes(source)) return 'forward'
  return ends?.last.includes(source) ? 'reverse' : 'unknown'
}

/** Each element holds the sightings of one packet. */
export function directionByVote(packets: readonly (readonly TimedSighting[])[]): Direction {
  const balance = packets.reduce((total, sightings) => total + vote(sightings), 0)
  if (balance === 0) return 'unknown'
  return balance > 0 ? 'forward' : 'reverse'
}

/** One voice per pair of neighbouring points; a point that saw the packet again is heard with its first sighting. */
function vote(sightings: readonly TimedSighting[]): number {
  const byRank = [...sightings].sort((a, b) => a.rank - b.rank || a.timestampUs - b.timestampUs)
  const firsts = byRank.filter((sighting, index) => sighting.rank !== byRank[index - 1]?.rank)
  return firsts.slice(1).reduce((total, upper, index) => total + compare(firsts[index], upper), 0)
}

function compare(lower: TimedSighting | undefined, upper: TimedSighting): number {
  return lower?.clockId === upper.clockId ? Math.sign(upper.timestampUs - lower.timestampUs) : 0
}
