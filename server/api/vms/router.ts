// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createVm } from './create'
import { listVms } from './list'
import { removeVm } from './remove'

export const vmsRouter = router({ list: listVms, create: createVm, remove: removeVm })
