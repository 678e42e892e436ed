// Index of verbs; each has its own file.

import { router } from '../trpc'
import { cancelVerification } from './cancel'
import { getVerification } from './get'
import { listVerifications } from './list'
import { startVerification } from './start'
import { watchVerification } from './watch'

export const verificationsRouter = router({
  start: startVerification,
  cancel: cancelVerification,
  list: listVerifications,
  get: getVerification,
  watch: watchVerification,
})
