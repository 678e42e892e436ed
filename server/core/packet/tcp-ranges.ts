// Groups TCP segments of one direction by the bytes they carry. Segmentation offload makes one 64 KB segment at the tap
// into many of 1,400 bytes on the wire, and receive offload joins them again, so segments do not match one to one.
//
// Points are taken in the order of travel. A segment that overlaps no group yet opens one; any other joins the groups
// it overlaps. So the groups are the segments as the sender's side saw them, and they never overlap each other.

export interface Segment {
  readonly sequence: number
  readonly length: number
}

/** Relative to the first segment seen; 32-bit sequence numbers wrap, these do not. */
interface Range {
  readonly start: number
  readonly end: number
}

interface PlacedSegment<S extends Segment> extends Range {
  readonly segment: S
}

export interface RangeGroup<S extends Segment> extends Range {
  readonly members: PlacedSegment<S>[]
}

/** `segments` in order of travel: all of the first point, then all of the second, and so on. */
export function groupByRange<S extends Segment>(segments: readonly S[]): RangeGroup<S>[] {
  const groups: RangeGroup<S>[] = []
  const origin = segments[0]?.sequence ?? 0
  for (const segment of segments) place(groups, { ...rangeOf(segment, origin), segment })
  return groups
}

function place<S extends Segment>(groups: RangeGroup<S>[], placed: PlacedSegment<S>): void {
  const { start, end } = placed
  const first = firstEndingAfter(groups, start)
  const overlapping: RangeGroup<S>[] = []
  for (let group = groups[first]; group && group.start < end; group = groups[first + overlapping.length]) {
    overlapping.push(group)
  }
  if (overlapping.length === 0) groups.splice(first, 0, { start, end, members: [placed] })
  for (const group of overlapping) group.members.push(placed)
}

/** True when the members together carry every byte of the group. */
export function isCovered(group: Range, members: readonly Range[]): boolean {
  const sorted = [...members].sort((a, b) => a.start - b.start)
  const reached = sorted.reduce((upTo, range) => (range.start <= upTo ? Math.max(upTo, range.end) : upTo), group.start)
  return reached >= group.end
}

/** The signed 32-bit distance from the origin, good for captures of up to 2 GB of one stream. */
function rangeOf({ sequence, length }: Segment, origin: number): Range {
  const start = (sequence - origin) | 0
  return { start, end: start + length }
}

/** Groups are sorted and apart, so a search by halves finds the first that could overlap. */
function firstEndingAfter(groups: readonly Range[], position: number): number {
  let low = 0
  let high = groups.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((groups[middle]?.end ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}
