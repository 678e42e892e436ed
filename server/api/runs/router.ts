// Index of verbs; each has its own file.

import { router } from '../trpc'
import { applyPlan } from './apply'
import { cancelRun } from './cancel'
import { getRun } from './get'
import { listRuns } from './list'
import { watchRun } from './watch'

export const runsRouter = router({
  apply: applyPlan,
  cancel: cancelRun,
  list: listRuns,
  get: getRun,
  watch: watchRun,
})
