// Index of verbs; each has its own file.

import { router } from '../trpc'
import { cancelOperation } from './cancel'
import { listOperations } from './list'

export const operationsRouter = router({
  list: listOperations,
  cancel: cancelOperation,
})
