// Sorts the sightings of one flow into packets: which of them are the same packet at different points.
// Most match by their key. TCP data matches by the bytes it carries, since offload cuts and joins segments.
//
// Identical packets are common (an ARP request is repeated word for word). When every point saw the same number of
// them they are paired in order; when not, nobody can say which one was lost, and they stay together as one.

import type { DissectedLayers } from './dissection'
import { groupBy } from '../group-by'
import { keyOf, type PacketIdentity } from './packet-key'
import { groupByRange, isCovered, type RangeGroup, type Segment } from './tcp-ranges'

export interface Occurrence extends PacketIdentity {
  /** Position of the point on the path. */
  readonly rank: number
  /** Position among the packets of the point. */
  readonly index: number
  readonly clockId: string
  readonly timestampUs: number
  readonly layers: DissectedLayers['layers']
}

export interface MatchedPacket {
  /** In order of travel. */
  readonly members: readonly Occurrence[]
  /** Points that saw fewer copies, or fewer bytes, than a point before them. */
  readonly partialRanks: ReadonlySet<number>
}

/** `occurrences` in order of travel. */
export function matchPackets(occurrences: readonly Occurrence[]): MatchedPacket[] {
  const ranged = occurrences.flatMap((occurrence) => {
    return occurrence.tcpRange ? [{ ...occurrence.tcpRange, occurrence }] : []
  })
  const whole = occurrences.filter((occurrence) => !occurrence.tcpRange)
  return [...matchWhole(whole), ...groupByRange(ranged).map(matchedRange)]
}

function matchWhole(occurrences: readonly Occurrence[]): MatchedPacket[] {
  const byPacket = groupBy(occurrences, (occurrence) => occurrence.packet)
  return [...byPacket.values()].flatMap(splitByPayload).flatMap(splitRepeats)
}

/** Where one point did not capture enough payload to compare, the rest of the identity has to do. */
function splitByPayload(members: readonly Occurrence[]): (readonly Occurrence[])[] {
  const isComparable = members.every((member) => member.payloadDigest !== undefined)
  return isComparable ? [...groupBy(members, keyOf).values()] : [members]
}

function splitRepeats(members: readonly Occurrence[]): MatchedPacket[] {
  const byRank = [...groupBy(members, (member) => member.rank).values()]
  const count = byRank[0]?.length ?? 0
  const isEven = byRank.every((copies) => copies.length === count)
  if (!isEven) return [{ members, partialRanks: thinnedRanks(byRank) }]
  return Array.from({ length: count }, (_, nth) => ({
    members: byRank.flatMap((copies) => copies[nth] ?? []),
    partialRanks: new Set<number>(),
  }))
}

/** Fewer copies than at any point before. More are no wonder: a flooding bridge sends one per tunnel. */
function thinnedRanks(byRank: readonly (readonly Occurrence[])[]): Set<number> {
  const thinned = new Set<number>()
  let fewest = Infinity
  for (const copies of byRank) {
    if (copies[0] && copies.length < fewest && fewest !== Infinity) thinned.add(copies[0].rank)
    fewest = Math.min(fewest, copies.length)
  }
  return thinned
}

type RangedOccurrence = Segment & { readonly occurrence: Occurrence }

function matchedRange(group: RangeGroup<RangedOccurrence>): MatchedPacket {
  const byRank = groupBy(group.members, ({ segment }) => segment.occurrence.rank)
  const partial = [...byRank].filter(([, members]) => !isCovered(group, members))
  const members = group.members.map(({ segment }) => segment.occurrence)
  return { members, partialRanks: new Set(partial.map(([rank]) => rank)) }
}
