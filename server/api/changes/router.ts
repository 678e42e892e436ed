// Index of verbs; each has its own file.

import { router } from '../trpc'
import { discardChanges } from './discard'
import { listChanges } from './list'

export const changesRouter = router({ list: listChanges, discard: discardChanges })
