// Index of verbs; each has its own file.

import { router } from '../trpc'
import { cancelRun } from './cancel'
import { getRun } from './get'
import { listRuns } from './list'
import { startRun } from './start'
import { watchRun } from './watch'

export const runsRouter = router({
  start: startRun,
  cancel: cancelRun,
  list: listRuns,
  get: getRun,
  watch: watchRun,
})
