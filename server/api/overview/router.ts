// Index of verbs; each has its own file.

import { router } from '../trpc'
import { getOverview } from './get'

export const overviewRouter = router({ get: getOverview })
