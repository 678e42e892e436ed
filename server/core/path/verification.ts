// Evidence of one verification: a ping with captures and counters at every hop, and DHCP. JSON; pcaps are kept beside it.

import type { Endpoint } from './path'

export interface HopEvidence {
  readonly hopId: string
  readonly host: string
  readonly interface: string
  readonly method: 'capture' | 'flow-counter' | 'none'
  /** The header expected here, in words (reference §16.2). */
  readonly expected: string
  /** What was seen, in the same words; null when nothing was. */
  readonly seen: string | null
  /** Matching packets, or the counter's delta. */
  readonly packets: number
  readonly status: 'ok' | 'missing' | 'differs' | 'unchecked'
  /** One decoded packet. */
  readonly sample: string | null
  /** Id of the kept pcap (GET /api/captures/<id>), null where nothing was captured. */
  readonly pcap: string | null
  readonly note: string | null
}

export interface PingResult {
  readonly from: 'guest-agent' | 'namespace'
  readonly transmitted: number
  readonly received: number
  readonly rttAvgMs: number | null
  readonly output: string
}

export interface DhcpEvidence {
  readonly portId: string
  readonly label: string
  readonly status: 'ok' | 'no_lease' | 'address_differs' | 'not_checked'
  readonly expectedAddress: string | null
  readonly leasedAddress: string | null
  readonly guestAddress: string | null
  readonly message: string
}

export type VerificationStatus = 'running' | 'passed' | 'failed' | 'cancelled'

export interface Verification {
  readonly id: string
  readonly status: VerificationStatus
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly startedAt: string
  readonly durationMs: number | null
  readonly ping: PingResult | null
  readonly dhcp: readonly DhcpEvidence[]
  readonly hops: readonly HopEvidence[]
  /** The sentence of the first hop that disagrees, or that all agree. */
  readonly verdict: string | null
  readonly firstBadHopId: string | null
}

export type VerificationEvent = { readonly verificationId: string; readonly seq: number; readonly at: string } & (
  | { readonly type: 'progress'; readonly message: string }
  | { readonly type: 'hop'; readonly evidence: HopEvidence }
  | { readonly type: 'finished'; readonly verification: Verification }
)
