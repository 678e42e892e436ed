// Index of verbs; each has its own file.

import { router } from '../trpc'
import { createPlan } from './create'
import { getPlan } from './get'

export const plansRouter = router({ create: createPlan, get: getPlan })
