// What the rest of the server may ask of the database. Everything is plain model data; rows, Prisma and SQL stay behind
// this interface. Each part is one noun and one file.

import type { HostAccessSummary, Revision, RevisionSummary, RunSummary, VerificationSummary } from '@/server/core/api-types'
import type { HostObservation } from '@/server/core/host/observation'
import type { Page, PageQuery, TimeCursor } from '@/server/core/paging'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import type { RunQueue } from '@/server/core/operation/run-queue'
import type { Made } from '@/server/core/plan/made'
import type { Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'
import type { TopologyEdit } from '@/server/core/topology/edit'
import type { HostPatch, ParsedHostRegistration } from '@/server/core/topology/kinds/host/host-input'
import type { Topology } from '@/server/core/topology/topology'
import type { CaptureStore, KeptCapture } from '@/server/effects/capture/capture-store'
import type { RetentionStore } from './retention/retention-store'
import type { HostAccess } from '@/server/effects/ssh/host-access'

export interface Store {
  /** The design as it is now. */
  loadTopology(): Promise<Topology>
  /** Design and last applied revision, from one moment. */
  loadDesign(): Promise<Design>
  /** Runs the edit on the design as it is and writes what it changed, all or nothing. */
  edit<Value>(edit: TopologyEdit<Value>): Promise<Value>
  /** The design goes back to exactly the last applied revision. */
  discardChanges(): Promise<void>
  readonly hosts: HostStore
  readonly plans: PlanStore
  readonly runs: RunStore
  readonly revisions: RevisionStore
  readonly verifications: VerificationStore
  readonly captures: KeptCaptures
  readonly retention: RetentionStore
  readonly observations: ObservationStore
  readonly made: MadeStore
  readonly queue: RunQueue
  /** Tells this process what others write to the database. */
  watchOthers(lookMs?: number): OthersWatch
  /** What is still to be written is written first. */
  close(): Promise<void>
}

/** Goes on until it is closed. */
export interface OthersWatch {
  close(): void
}

export interface Design {
  readonly topology: Topology
  /** Grows with every edit. */
  readonly version: number
  /** Last applied revision; number 0 and an empty topology before the first. */
  readonly base: { readonly number: number; readonly topology: Topology }
}

export interface HostStore {
  register(input: ParsedHostRegistration): Promise<{ id: string }>
  update(hostId: string, patch: HostPatch): Promise<{ id: string }>
  /** Pins the key the operator compared. */
  acceptKey(hostId: string, fingerprint: string): Promise<void>
  /**
   * With secrets, for the SSH connection only. Still there for a host that was removed from the design but is part of
   * the last revision, so that a plan can clean it, and for all hosts while a run is going.
   */
  loadAccess(hostId: string): Promise<HostAccess>
  /** By host, in one question. One whose access is not known is left out; an update that names all of it makes it known again. */
  describeAccess(hostIds: readonly string[]): Promise<ReadonlyMap<string, HostAccessSummary>>
}

export interface PlanStore {
  save(plan: Plan): Promise<void>
  get(id: string): Promise<Plan>
}

export interface RunStore {
  /** Creates or replaces the record. The journal is apart. */
  save(run: Run): Promise<void>
  /** Writes what the database refused before. Never fails. */
  settle(): Promise<void>
  /** Record, last event and the end of the operation in one; false where another console has ended it, whose word stands. Never fails: what the database refuses is told from memory until it takes it (endings.ts). */
  finish(run: Run, lastEvent: RunEvent): Promise<boolean>
  get(id: string): Promise<Run>
  /** The latest first. */
  list(query: PageQuery<TimeCursor>): Promise<Page<RunSummary, TimeCursor>>
  latest(): Promise<RunSummary | null>
  /** Those that are changing hosts. */
  listGoing(): Promise<readonly RunSummary[]>
  /** Recorded as queued or running. */
  listUnfinished(): Promise<readonly Run[]>
  /** Written before the step acts. Refuses a `seq` that is taken. */
  appendEvent(event: RunEvent): Promise<void>
  listEvents(runId: string, afterSeq: number): Promise<readonly RunEvent[]>
}

export interface RevisionStore {
  /** Records what was applied: the next number, never changed afterwards. `plan_stale` when one since then is of a plan that is not among `foreseen`. */
  record(topology: Topology, planId: string, since?: { readonly revision: number; readonly foreseen: readonly string[] }): Promise<Revision>
  /** Those with a higher number, and the plans that made them. */
  listNewer(number: number): Promise<readonly Pick<Revision, 'number' | 'planId'>[]>
  get(number: number): Promise<Revision>
  /** 0 before the first. */
  latestNumber(): Promise<number>
  latest(): Promise<RevisionSummary | null>
  /** The latest first; the cursor is a number. */
  list(query: PageQuery<number>): Promise<Page<RevisionSummary, number>>
}

/** As ends of a path are asked for (core/path/end.ts). */
export interface EndPair {
  readonly from: string
  readonly to: string
}

export interface VerificationStore {
  save(verification: Verification): Promise<void>
  settle(): Promise<void>
  /** As for runs. */
  finish(verification: Verification, lastEvent: VerificationEvent): Promise<boolean>
  get(id: string): Promise<Verification>
  /** The latest first. */
  list(query: PageQuery<TimeCursor>): Promise<Page<VerificationSummary, TimeCursor>>
  latest(): Promise<VerificationSummary | null>
  /** The last one of this pair, in this direction, that came to a verdict, however long ago. */
  lastEvidence(pair: EndPair): Promise<Verification | null>
  /** Recorded as running. */
  listUnfinished(): Promise<readonly Verification[]>
  appendEvent(event: VerificationEvent): Promise<void>
  listEvents(verificationId: string, afterSeq: number): Promise<readonly VerificationEvent[]>
}

/** Files of the data directory; the database knows what they are evidence of. */
interface KeptCaptures extends Omit<CaptureStore, 'find'> {
  find(id: string): Promise<KeptCapture>
}

export interface ObservationStore {
  /**
   * Keeps the last one per host, so that pages work after a restart. `load` knows it at once; it is written behind, and nobody has to wait
   * for that (write-behind.ts). Never fails.
   */
  save(observation: HostObservation): Promise<void>
  load(hostId: string): Promise<HostObservation | null>
  /** ISO 8601, by host, in one question; costs less than the readings. One that was never read is left out. */
  lastReadAt(hostIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Resolves when nothing is left to write, or the database refuses what is. Never fails. */
  settle(): Promise<void>
}

export interface MadeStore {
  /** What runs set out to make on a host and no reading has settled since. */
  load(hostId: string): Promise<readonly Made[]>
  save(hostId: string, made: readonly Made[]): Promise<void>
}
