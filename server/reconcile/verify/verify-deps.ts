// What a verification needs from outside, what it tells while it runs, and what its stages hand to each other.

import type { HostObservation } from '@/server/core/host/observation'
import type { HopEvidence, Verification } from '@/server/core/path/verification'
import type { Path } from '@/server/core/path/path'
import type { Topology } from '@/server/core/topology/topology'
import type { CaptureStore } from '@/server/effects/capture/capture-store'
import type { Clock } from '@/server/effects/clock'
import type { IdSource } from '@/server/effects/ids'
import type { HostSession } from '@/server/effects/ssh/host-session'

export interface VerifyDeps {
  readonly topology: Topology
  readonly clock: Clock
  readonly ids: IdSource
  /** One SSH connection per host, whoever asks. */
  readonly session: (hostId: string) => HostSession
  /** Reads the host now. */
  readonly observe: (hostId: string) => Promise<HostObservation>
  readonly captures: Pick<CaptureStore, 'save' | 'prune'>
  readonly times?: Partial<VerifyTimes>
}

export interface VerifyTimes {
  /** For a guest to boot, start its agent and get its address. */
  readonly guestTimeoutMs: number
  readonly guestPollMs: number
  /** After the last reply: frames still on their way reach the captures. */
  readonly settleMs: number
}

export const defaultTimes: VerifyTimes = { guestTimeoutMs: 60_000, guestPollMs: 1_000, settleMs: 300 }

export interface VerifyRequest {
  readonly verificationId: string
  /** Port ids. */
  readonly source: string
  readonly destination: string
  /** Echo requests. */
  readonly count: number
}

/** The body of a VerificationEvent; number and time are given by whoever keeps the journal. */
export type VerificationNews =
  | { readonly type: 'progress'; readonly message: string }
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
  readonly path: Path
  /** The same way back: its flows count the replies. */
  readonly back: Path
  readonly observations: ReadonlyMap<string, HostObservation>
  /** Why a host could not be read, by host id. */
  readonly hostProblems: ReadonlyMap<string, string>
}

export const tell = ({ emit }: Pick<VerifyJob, 'emit'>, message: string): void => emit({ type: 'progress', message })
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
