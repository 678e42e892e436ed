// Evidence of one verification: a ping with captures and counters at every hop, and DHCP. JSON; pcaps are kept beside it.

import type { Coded } from '../finding'
import type { HeaderShape } from '../packet/headers'
import type { Agreement, Endpoint } from './path'
import type { DhcpParams, EvidenceNote, ExpectedParams, SeenParams, StageParams, Verdict } from './verdict-params'

/** As design and host, and for packets `missing`: nothing of them was there. */
export type HopStatus = Agreement | 'missing'
export const agreementOf = (status: HopStatus): Agreement => (status === 'missing' ? 'differs' : status)

/** The same of a lease, with what is missing. */
export type DhcpStatus = Agreement | 'no-lease' | 'server-down'

export interface HopEvidence {
  readonly hopId: string
  readonly host: string
  readonly interface: string
  readonly method: 'capture' | 'flow-counter' | 'none'
  /** The header expected here. */
  readonly expected: Coded<ExpectedParams>
  /** null when nothing was. */
  readonly seen: Coded<SeenParams> | null
  /** Matching packets, or the counter's delta. */
  readonly packets: number
  readonly status: HopStatus
  /** One decoded packet; in a record from before it was data, its line. */
  readonly sample: HeaderShape | string | null
  /** Id of the kept pcap (GET /api/captures/<id>), null where nothing was captured. */
  readonly pcap: string | null
  readonly notes: readonly EvidenceNote[]
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
  readonly status: DhcpStatus
  readonly expectedAddress: string | null
  readonly leasedAddress: string | null
  readonly guestAddress: string | null
  readonly finding: Coded<DhcpParams>
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
  /** About the first hop that disagrees, or that all agree. */
  readonly verdict: Verdict | null
  readonly firstBadHopId: string | null
}

export type VerificationEvent = { readonly verificationId: string; readonly seq: number; readonly at: string } & (
  | { readonly type: 'progress'; readonly stage: Coded<StageParams> }
  | { readonly type: 'hop'; readonly evidence: HopEvidence }
  | { readonly type: 'finished'; readonly verification: Verification }
)
