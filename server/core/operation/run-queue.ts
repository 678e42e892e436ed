// The port through which operations are asked for, begun, kept alive and ended. Behind it are rows of the database that holds the journal
// (effects/db/run-queue.ts); a queue of its own could be. Several consoles may use one: nothing here is of one process.

import type { Lease, Wait } from './lease'
import type { AskedOperation, Operation, OperationOutcome } from './operation'

export type Claim =
  | { readonly state: 'claimed'; readonly leases: readonly Lease[] }
  | { readonly state: 'waiting'; readonly waits: readonly Wait[] }
  /** Somebody wants it to end. */
  | { readonly state: 'cancelling' }
  /** It was closed by another console, to which this one seemed to be gone. */
  | { readonly state: 'ended' }

export type Beat = 'held' | 'cancelling' | 'lost'

export interface RunQueue {
  /** What takes no hosts is running with that. */
  enqueue(asked: AskedOperation): Promise<Operation>
  /** Takes all hosts of the operation if all are free and nobody is before it. */
  claim(id: string): Promise<Claim>
  /** Says that its console is still there. `lost`: the operation was closed, or one of its hosts is somebody else's by now. */
  heartbeat(id: string): Promise<Beat>
  /** Whether this lease is still the newest of its host: asked before each step that changes the host. */
  holds(lease: Lease): Promise<boolean>
  /** Ends it and gives its hosts back. Nothing when it has ended. */
  release(id: string, outcome: OperationOutcome): Promise<void>
  /** Asks whoever carries it out to end it; false when it has ended, or never was. */
  cancel(id: string): Promise<boolean>
  /** Resolves at the next change that this process hears of, or after that time: other processes are not heard. */
  changed(timeoutMs: number, signal: AbortSignal): Promise<void>

  get(id: string): Promise<Operation | null>
  listOpen(): Promise<readonly Operation[]>
  /** What was asked for last; the latest first. */
  listLatest(): Promise<readonly Operation[]>
  /** Open ones whose console is gone; `isAlone`: no console but this one can be there. */
  listLost(isAlone: boolean): Promise<readonly Operation[]>
  /** The newest lease of each host that ever had one. */
  listLeases(): Promise<readonly Lease[]>
}
