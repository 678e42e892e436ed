// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createPhysicalNetwork } from './create'
import { listPhysicalNetworks } from './list'
import { removePhysicalNetwork } from './remove'
import { updatePhysicalNetwork } from './update'

export const physicalNetworksRouter = router({
  list: listPhysicalNetworks,
  create: createPhysicalNetwork,
  update: updatePhysicalNetwork,
  remove: removePhysicalNetwork,
})
