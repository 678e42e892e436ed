// Index of verbs; each has its own file.

import { router } from '../trpc'
import { getTopology } from './get'
import { lint } from './lint'
import { watchTopology } from './watch'

export const topologyRouter = router({ get: getTopology, watch: watchTopology, lint })
