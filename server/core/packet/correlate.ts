// Finds the same packet at several capture points and says where it was last seen: the drop locator. Packets are
// matched by identity (packet-key.ts), the points are ordered by the path and not by time, since host clocks differ.
//
// "Missing" is what the captures say, no verdict: an ARP request that the bridge answers itself also ends half-way.
// Points that cannot see a packet, such as patch ports, must not be given (docs/reference/frames.md).

import type { CapturedPacket } from './captured-packet'
import { dissectLayers } from './dissect'
import type { DissectedLayers } from './dissection'
import { groupBy } from '../group-by'
import { matchPackets, type MatchedPacket, type Occurrence } from './match-packets'
import { type MissingAt, missingAt, type Sighting } from './missing'
import { identityOf, keyOf } from './packet-key'
import { type Direction, directionByEnds, directionByVote, type PathEnds } from './travel-direction'

export interface CapturePoint {
  readonly pointId: string
  /** Position on the path, rising from one end to the other. */
  readonly order: number
  readonly packets: readonly CapturedPacket[]
  /** Points with the same value have comparable timestamps, as those on one host do. Default: all have. */
  readonly clockId?: string
}

export interface CorrelateOptions {
  /** Settles the direction of travel without looking at clocks. */
  readonly ends?: PathEnds
}

interface CorrelatedPacket {
  readonly key: string
  /** As first seen. */
  readonly layers: DissectedLayers['layers']
  /** In the order of travel. */
  readonly sightings: readonly Sighting[]
  /** The first point in the order of travel at which a packet that was seen upstream is missing. */
  readonly missingAt?: MissingAt
}

/** One direction of one conversation. */
export interface CorrelatedFlow {
  readonly key: string
  readonly direction: Direction
  readonly packets: readonly CorrelatedPacket[]
}

export interface Correlation {
  readonly flows: readonly CorrelatedFlow[]
  /** Packets that carry nothing to know them by. */
  readonly unidentified: readonly { readonly pointId: string; readonly index: number }[]
}

export function correlate(points: readonly CapturePoint[], options: CorrelateOptions = {}): Correlation {
  const ordered = [...points].sort((a, b) => a.order - b.order)
  const { occurrences, unidentified } = identifyAll(ordered)
  const pointIds = ordered.map((point) => point.pointId)
  const byFlow = groupBy(occurrences, (occurrence) => occurrence.flow)
  return { flows: [...byFlow].map(([key, members]) => flowOf(key, members, pointIds, options)), unidentified }
}

function identifyAll(ordered: readonly CapturePoint[]) {
  const occurrences: Occurrence[] = []
  const unidentified: { pointId: string; index: number }[] = []
  for (const [rank, { pointId, packets, clockId = '' }] of ordered.entries()) {
    for (const [index, packet] of packets.entries()) {
      const dissection = dissectLayers(packet.data, packet)
      const identity = identityOf(dissection, packet.data)
      const { timestampUs } = packet
      if (identity) occurrences.push({ ...identity, rank, index, clockId, timestampUs, layers: dissection.layers })
      else unidentified.push({ pointId, index })
    }
  }
  return { occurrences, unidentified }
}

function flowOf(key: string, occurrences: readonly Occurrence[], pointIds: readonly string[], { ends }: CorrelateOptions): CorrelatedFlow {
  const direction = directionOf(occurrences, ends)
  const isReverse = direction === 'reverse'
  const route = isReverse ? pointIds.toReversed() : pointIds
  const travelled = [...occurrences].sort((a, b) => (isReverse ? b.rank - a.rank : a.rank - b.rank) || a.index - b.index)
  const packets = matchPackets(travelled).map((matched) => packetOf(matched, pointIds, route, direction))
  return { key, direction, packets }
}

function directionOf(occurrences: readonly Occurrence[], ends: PathEnds | undefined): Direction {
  const byEnds = directionByEnds(occurrences[0]?.source ?? '', ends)
  return byEnds === 'unknown' ? directionByVote([...groupBy(occurrences, keyOf).values()]) : byEnds
}

function packetOf(
  { members, partialRanks }: MatchedPacket,
  pointIds: readonly string[],
  route: readonly string[],
  direction: Direction,
): CorrelatedPacket {
  const sightings = [...groupBy(members, (member) => member.rank)].map(([rank, here]) => ({
    pointId: pointIds[rank] ?? '',
    indexes: here.map((member) => member.index),
    timestampUs: here[0]?.timestampUs ?? 0,
    isPartial: partialRanks.has(rank),
  }))
  const missing = missingAt(sightings, route, direction)
  const [first] = members
  return {
    key: first ? keyOf(first) : '',
    layers: first?.layers ?? [],
    sightings,
    ...(missing && { missingAt: missing }),
  }
}
