// Evidence in sentences: what each hop showed, what DHCP did, what the ping said.

import type { DhcpEvidence, HopEvidence, PingResult, Verification, VerificationStatus } from '../path/verification'
import { explainExpected, explainNotes, explainSeen } from './evidence'
import { sayCoded } from './message'
import { dhcpMessages, explainVerdict } from './verdict'
import { duration, plural } from './words'

export const verificationStatusWord: Record<VerificationStatus, string> = {
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const hopStatusWord: Record<Exclude<HopEvidence['status'], 'missing'>, string> = {
  agrees: 'as expected',
  differs: 'seen, but different',
  unchecked: 'not checked',
}

/** Where packets are missing, those of the other direction may have been seen. */
export function explainHopStatus({ status, seen }: Pick<HopEvidence, 'status' | 'seen'>): string {
  if (status !== 'missing') return hopStatusWord[status]
  const [requests, replies] = directionsOf(seen)
  if (requests > 0) return 'no replies seen'
  if (replies > 0) return 'no requests seen'
  return seen?.code === 'packets' ? hopStatusWord.differs : 'nothing seen'
}

function directionsOf(seen: HopEvidence['seen']): readonly [requests: number, replies: number] {
  if (seen?.code === 'packets') return [seen.params.requests, seen.params.replies]
  return seen?.code === 'counted' ? [seen.params.forth ?? 0, seen.params.back ?? 0] : [0, 0]
}

export const methodWord: Record<HopEvidence['method'], string> = {
  capture: 'capture',
  'flow-counter': 'flow counter',
  none: 'not provable by itself',
}

export const dhcpStatusWord: Record<DhcpEvidence['status'], string> = {
  agrees: 'lease and guest agree',
  'no-lease': 'no lease',
  differs: 'address differs',
  'server-down': 'server down',
  unchecked: 'not checked',
}

export const explainLease = (finding: DhcpEvidence['finding']): string => sayCoded(dhcpMessages, finding)

export function explainHopEvidence(evidence: HopEvidence): string {
  const where = `${evidence.interface} on ${evidence.host}`
  switch (evidence.status) {
    case 'agrees':
      return `${where}: ${plural(evidence.packets, 'packet')} with ${explainSeen(evidence) ?? explainExpected(evidence)}.`
    case 'missing':
      return `${where}: ${seenInstead(evidence)}; expected ${explainExpected(evidence)}.`
    case 'differs':
      return `${where}: expected ${explainExpected(evidence)}, seen ${explainSeen(evidence) ?? 'something else'}.`
    case 'unchecked': {
      const notes = explainNotes(evidence)
      return `${where}: not checked${notes === null ? '.' : `; ${notes}`}`
    }
  }
}

function seenInstead(evidence: HopEvidence): string {
  const words = explainSeen(evidence)
  return words === null ? explainHopStatus(evidence) : `${explainHopStatus(evidence)} (${words})`
}

/** The first disagreement, told from the last hop that still saw the packets. */
export function explainFirstBad(hops: readonly HopEvidence[]): string | null {
  const index = hops.findIndex((hop) => hop.status === 'missing' || hop.status === 'differs')
  const bad = hops[index]
  if (bad === undefined) return null
  if (bad.status === 'differs' || directionsOf(bad.seen).some((count) => count > 0)) return explainHopEvidence(bad)
  const before = hops.slice(0, index).findLast((hop) => hop.status === 'agrees')
  const where = `${bad.interface} on ${bad.host}`
  if (before === undefined) return `No packet reaches ${where}; expected ${explainExpected(bad)}.`
  return `Packets pass ${before.interface} on ${before.host}, none reach ${where} (expected ${explainExpected(bad)}).`
}

/** "5 of 5 answered, 0.8 ms on average". */
export function explainPing(ping: PingResult): string {
  const head = `${ping.received} of ${plural(ping.transmitted, 'ping')} answered`
  return ping.rttAvgMs === null ? head : `${head}, ${ping.rttAvgMs.toFixed(ping.rttAvgMs < 10 ? 2 : 1)} ms on average`
}

export const isPingLossy = (ping: PingResult): boolean => ping.received < ping.transmitted

export function explainVerification(verification: Pick<Verification, 'status' | 'verdict' | 'hops' | 'durationMs'>): string {
  if (verification.verdict !== null) return explainVerdict(verification.verdict)
  const bad = explainFirstBad(verification.hops)
  if (bad !== null) return bad
  if (verification.status === 'running') return 'Packets are being sent and looked for at every hop.'
  if (verification.status === 'cancelled') return 'The verification was cancelled; what was seen until then is kept.'
  const took = verification.durationMs === null ? '' : ` in ${duration(verification.durationMs)}`
  return `${plural(verification.hops.length, 'hop')} checked${took}.`
}
