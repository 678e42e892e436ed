// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createSubnet } from './create'
import { removeSubnet } from './remove'
import { updateSubnet } from './update'

export const subnetsRouter = router({ create: createSubnet, update: updateSubnet, remove: removeSubnet })
