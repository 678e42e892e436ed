// How a run ended, by code. `said` is what an error said: what failed on a host is told by the error itself.

import type { Coded } from '../finding'
import type { UnknownPart } from '../host/unknown-part'
import type { LeftoverFinding } from './plan-params'
import type { Stale } from './stale-params'

export type RunVerdict = Coded<RunVerdictParams>
export interface RunVerdictParams {
  'in-place': { revision: number; hosts: readonly string[] }
  failed: { failures: readonly HostFailure[]; leftovers: readonly Leftover[] }
  /** The hosts have it, the database has no revision of it. */
  'not-recorded': { hosts: readonly string[]; said: string }
  /** When its turn came, the plan did not hold any more. Nothing was done. */
  refused: { stale: Stale }
  /** While it was queued. Nothing was done. */
  'cancelled-queued': {}
  /** The hosts have it; a run that its plan rests on did not bring about the rest. */
  'rested-failed': { hosts: readonly string[]; host: string; runId: string }
  'broke-off': { said: string }
  'console-stopped': { during: readonly { readonly title: string; readonly host: string }[] }
  /** In a record from before verdicts were data: the sentence that it has. */
  said: { said: string }
}

export interface HostFailure {
  readonly host: string
  readonly said: string
  /** null where nothing was to be taken back. */
  readonly undo: UndoOutcome | null
}

/** What came of the way back. `unread`, `unreadable`: whether all of it was taken back is not known. */
export type UndoOutcome = Coded<UndoParams>
export interface UndoParams {
  undone: {}
  left: {}
  unread: { parts: readonly UnknownPart[] }
  unreadable: { said: string }
  /** The host was another run's by then. */
  lost: {}
}

/** Something of ours (or meant by us) that a host still has although it should not, or may have. */
export interface Leftover {
  readonly hostId: string
  readonly hostName: string
  readonly finding: LeftoverFinding
}
