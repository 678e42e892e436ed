// One router with its ports, and where it stands.

import { byId } from '@/server/core/topology/input-shapes'
import { describeRouter } from '../describe'
import { procedure } from '../trpc'

export const getRouter = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => describeRouter(await ctx.store.loadTopology(), input.id))
