// One run with its plan, steps and what was left over.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const getRun = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => ctx.store.runs.get(input.id))
