// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createNestedUplink } from './create'
import { getNestedUplink } from './get'
import { listNestedUplinks } from './list'
import { removeNestedUplink } from './remove'

export const nestedUplinksRouter = router({ list: listNestedUplinks, get: getNestedUplink, create: createNestedUplink, remove: removeNestedUplink })
