// The conductor: everything that concerns hosts. Observe, plan, apply, path, verify. Procedures call this interface and
// nothing below it; create-conductor.ts implements it.

import type { GuestAgentState, GuestRun, HostHealth, HostKey, HostProbe } from '@/server/core/api-types'
import type { HostObservation } from '@/server/core/host/observation'
import type { Endpoint, NoPath, SentPath } from '@/server/core/path/path'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import type { Plan } from '@/server/core/plan/plan'
import type { TrunkAudit } from '@/server/core/trunk/audit'
import type { DhcpClient } from '@/server/core/trunk/guest-commands'
import type { RunEvent } from '@/server/core/plan/run'

interface SshTarget {
  readonly address: string
  readonly port: number
}

export interface PathQuery {
  /** As core/path/end.ts has it. */
  readonly from: string
  readonly to: string
}

export interface VerificationRequest extends PathQuery {
  /** Echo requests; a handful when left out. */
  readonly count?: number
}

export interface GuestRequest {
  readonly trunkId: string
  /** Subports; null for all. */
  readonly portIds: readonly string[] | null
  readonly dhcpClient: DhcpClient
}

export interface ListenRequest {
  readonly trunkId: string
  readonly listenS: number
  /** Lets the guest, through its agent, tell its interfaces and ping once on each. */
  readonly isGuestAsked: boolean
}

/** `actor`: the id of who asks (core/rights/actor.ts). Everything thrown is an AppError. Async iterables end when the signal aborts, without throwing. */
export interface Conductor {
  /** The key a host shows to a stranger. Nothing is stored. */
  readHostKey(target: SshTarget): Promise<HostKey>
  probeHost(hostId: string, actor: string): Promise<HostProbe>
  /** Reads the host now, keeps the observation and publishes it. */
  observeHost(hostId: string, actor: string): Promise<HostObservation>
  /** From memory, or from the store after a restart; null before the first reading. */
  lastObservation(hostId: string): Promise<HostObservation | null>
  /** Of each of these. */
  hostHealth(hostIds: readonly string[]): Promise<ReadonlyMap<string, HostHealth>>
  /** The address, login or pinned key changed, or the host is gone: connections made under the old one are closed. */
  forgetHost(hostId: string): Promise<void>
  /** Throws `busy` while a run changes the host: its way back must enter as its steps did. */
  requireNoRunOn(hostId: string): Promise<void>

  /** Ends an operation that only reads; runs and verifications have methods of their own. */
  cancelReading(operationId: string): Promise<void>

  createPlan(actor: string): Promise<Plan>
  /** Refuses blocked and stale plans; returns as soon as the run is recorded. It is queued while another run changes one of its hosts. */
  applyPlan(planId: string, actor: string): Promise<{ runId: string }>
  /** Also one that another console carries out. */
  cancelRun(runId: string): Promise<void>
  /** All events with a higher `seq`, then live ones; ends after `finished`. */
  watchRun(runId: string, afterSeq: number, signal: AbortSignal): AsyncIterable<RunEvent>

  /** Runs the guest's side of a trunk in its VM, through the guest agent. */
  configureGuest(request: GuestRequest): Promise<readonly GuestRun[]>
  /** Whether that agent answers now. */
  askGuestAgent(trunkId: string): Promise<GuestAgentState>

  /** Every port of a trunk, from the guest to the network, against the last reading of its host. */
  auditTrunk(trunkId: string): Promise<TrunkAudit>
  /** The same from a fresh reading, then with the guest's interfaces, then with its packets; ends with the last of them. */
  listenToTrunk(request: ListenRequest, signal: AbortSignal, actor: string): AsyncIterable<TrunkAudit>

  pathEndpoints(): Promise<readonly Endpoint[]>
  /** `fresh` reads the hosts first; otherwise the last observations are used. */
  computePath(query: PathQuery, options: { readonly fresh: boolean }): Promise<SentPath | NoPath>
  /** Reads the hosts of the path at this pace for as long as it is watched. */
  watchPath(query: PathQuery & { readonly intervalS: number }, signal: AbortSignal): AsyncIterable<SentPath | NoPath>

  startVerification(request: VerificationRequest, actor: string): Promise<{ verificationId: string }>
  cancelVerification(verificationId: string): Promise<void>
  watchVerification(verificationId: string, afterSeq: number, signal: AbortSignal): AsyncIterable<VerificationEvent>
  /** A running one from memory, a finished one from the store. */
  getVerification(verificationId: string): Promise<Verification>
}
