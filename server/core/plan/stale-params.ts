// Why a plan does not hold any more, by code (stale.ts).

import type { Coded } from '../finding'

export type Stale = Coded<StaleParams>
export interface StaleParams {
  'design-moved': {}
  'revision-moved': { revision: number }
  'nothing-to-do': {}
  /** By a run, since the plan was made; the plan has no steps there. */
  'host-changed': { host: string; runId: string }
  /** It was making of the host what the plan wants, and did not. */
  'rested-failed': { host: string; runId: string }
  /** A host that the plan knows nothing of. */
  'beyond-plan': { runId: string }
}
