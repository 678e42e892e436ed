// One network with everything that hangs on it.

import { byId } from '@/server/core/topology/input-shapes'
import { describeNetwork } from '../describe'
import { procedure } from '../trpc'

export const getNetwork = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => describeNetwork(await ctx.store.loadTopology(), input.id))
