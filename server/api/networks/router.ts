// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createNetwork } from './create'
import { getNetwork } from './get'
import { listNetworks } from './list'
import { removeNetwork } from './remove'
import { updateNetwork } from './update'

export const networksRouter = router({
  list: listNetworks,
  get: getNetwork,
  create: createNetwork,
  update: updateNetwork,
  remove: removeNetwork,
})
