// Counts the packets of one capture point that meet an expectation, and names those that nearly do: the packet that was
// meant, but with another tag, another VNI, another address. That is the difference between "nothing came" and "it came
// wrongly", the first thing to know when a hop fails.

import type { CapturedPacket } from './captured-packet'
import type { Expectation } from './expectation'
import { matches } from './match-packet'
import { groupBy } from '../group-by'
import { headerShape, type HeaderShape } from './headers'
import type { Mismatch } from './mismatch'

interface PacketSample {
  /** Among the packets that were given. */
  readonly index: number
  readonly shape: HeaderShape
}

/** All packets that differ in the same way; the sample is the first of them. */
export interface NearMiss {
  readonly count: number
  readonly mismatches: readonly Mismatch[]
  readonly sample: PacketSample
}

export interface MatchCount {
  readonly examined: number
  readonly matched: number
  /** The first that matched. */
  readonly sample?: PacketSample
  /** Most similar first. */
  readonly near: readonly NearMiss[]
}

/** More ways to be wrong than these explain nothing. */
const MAX_NEAR_MISSES = 3

export function countMatching(packets: readonly CapturedPacket[], expectation: Expectation): MatchCount {
  const judged = packets.flatMap((packet, index) => judge(packet, index, expectation))
  const matching = judged.filter(({ mismatches }) => mismatches.length === 0)
  const near = judged.filter(({ mismatches }) => mismatches.length > 0 && isNear(mismatches, expectation))
  const sample = matching[0] && sampleOf(matching[0])
  return { examined: packets.length, matched: matching.length, ...(sample && { sample }), near: nearMisses(near) }
}

interface Judged {
  readonly index: number
  readonly shape: HeaderShape
  readonly mismatches: readonly Mismatch[]
}

function judge(packet: CapturedPacket, index: number, expectation: Expectation): Judged[] {
  const shape = headerShape(packet)
  if (!shape) return []
  const result = matches(shape, expectation)
  return [{ index, shape, mismatches: result.ok ? [] : result.mismatches }]
}

/** A wrong one of these means another conversation rather than a changed packet, so it counts for more. */
const identityFields: readonly Mismatch['field'][] = ['icmp-id', 'icmp-sequence', 'dhcp-transaction', 'dhcp-client']
const IDENTITY_WEIGHT = 10

function distance(mismatches: readonly Mismatch[]): number {
  return mismatches.reduce((sum, { field }) => sum + (identityFields.includes(field) ? IDENTITY_WEIGHT : 1), 0)
}

const addressFields: readonly Mismatch['field'][] = ['source-ip', 'destination-ip', 'source-mac', 'destination-mac']

/**
 * Near is a packet of the right kind with at least one of the expected addresses, if any are expected. Without this
 * bound every stray packet would be offered as the one that was meant.
 */
function isNear(mismatches: readonly Mismatch[], expectation: Expectation): boolean {
  const { sourceIp, destinationIp, sourceMac, destinationMac } = expectation
  const expected = [sourceIp, destinationIp, sourceMac, destinationMac].filter((address) => address !== undefined)
  const wrong = mismatches.filter(({ field }) => addressFields.includes(field))
  const hasAnAddress = expected.length === 0 || wrong.length < expected.length
  return hasAnAddress && mismatches.every(({ field }) => field !== 'protocol')
}

function nearMisses(near: readonly Judged[]): NearMiss[] {
  const alike = [...groupBy(near, ({ mismatches }) => JSON.stringify(mismatches)).values()]
  const misses = alike.flatMap(([first, ...others]) => {
    if (!first) return []
    return [{ count: others.length + 1, mismatches: first.mismatches, sample: sampleOf(first) }]
  })
  return misses.sort((a, b) => distance(a.mismatches) - distance(b.mismatches)).slice(0, MAX_NEAR_MISSES)
}

function sampleOf({ index, shape }: Judged): PacketSample {
  return { index, shape }
}
