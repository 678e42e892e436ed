// Index of verbs; each has its own file.

import { router } from '../trpc'
import { listEndpoints } from './endpoints'
import { getPath } from './get'
import { watchPath } from './watch'

export const pathsRouter = router({ endpoints: listEndpoints, get: getPath, watch: watchPath })
