// A plan as it was made; it may be stale by now.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const getPlan = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => ctx.store.plans.get(input.id))
