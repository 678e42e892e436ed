// What a verification needs from outside, what it reports while it runs, and what its stages hand to each other.

import type { Coded } from '@/server/core/finding'
import type { KnownCloud } from '@/server/core/found/with-found'
import type { HostObservation } from '@/server/core/host/observation'
import type { NotMeasuredParams, StageParams } from '@/server/core/path/verdict-params'
import type { HopEvidence, Verification } from '@/server/core/path/verification'
import type { Path } from '@/server/core/path/path'
import type { CaptureStore } from '@/server/effects/capture/capture-store'
import type { Clock } from '@/server/effects/clock'
import type { Logger } from '@/server/effects/log/logger'
import type { IdSource } from '@/server/effects/ids'
import type { HostSession } from '@/server/effects/ssh/host-session'

export interface VerifyDeps {
  /** The design, and what was last found on hosts that somebody else wires. */
  readonly cloud: KnownCloud
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger: Logger
  /** One SSH connection per host, whoever asks. */
  readonly session: (hostId: string) => HostSession
  /** Reads the host now. */
  readonly observe: (hostId: string) => Promise<HostObservation>
  readonly captures: Pick<CaptureStore, 'save'>
  readonly times?: Partial<VerifyTimes>
}

export interface VerifyTimes {
  /** For a guest to boot, start its agent and get its address. */
  readonly guestTimeoutMs: number
  /** For a guest that had an address before and has none now. */
  readonly guestSettledMs: number
  readonly guestPollMs: number
  /** After the last reply: frames still on their way reach the captures. */
  readonly settleMs: number
}

export const defaultTimes: VerifyTimes = { guestTimeoutMs: 60_000, guestSettledMs: 3_000, guestPollMs: 1_000, settleMs: 300 }

export interface VerifyRequest {
  readonly verificationId: string
  /** As core/path/end.ts has them. */
  readonly source: string
  readonly destination: string
  /** Echo requests. */
  readonly count: number
}

/** The body of a VerificationEvent; number and time are given by whoever keeps the journal. */
export type VerificationNews =
  | { readonly type: 'progress'; readonly stage: Coded<StageParams> }
  | { readonly type: 'hop'; readonly evidence: HopEvidence }
  | { readonly type: 'finished'; readonly verification: Verification }

export type Emit = (news: VerificationNews) => void

/** What every stage is given. */
export interface VerifyJob {
  readonly deps: VerifyDeps
  readonly request: VerifyRequest
  readonly emit: Emit
  readonly signal: AbortSignal
  readonly times: VerifyTimes
}

/** The path as its hosts are now. */
export interface Drawing {
  /** As it is measured (core/path/travel.ts, asMeasured). */
  readonly path: Path
  readonly observations: ReadonlyMap<string, HostObservation>
  /** Why a host could not be read, by host id. */
  readonly hostProblems: ReadonlyMap<string, Coded<NotMeasuredParams>>
}

export const reportStage = ({ emit }: Pick<VerifyJob, 'emit'>, stage: Coded<StageParams>): void => emit({ type: 'progress', stage })
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
