// Index of verbs; each has its own file.

import { router } from '../trpc'
import { getRevision } from './get'
import { listRevisions } from './list'

export const revisionsRouter = router({ list: listRevisions, get: getRevision })
