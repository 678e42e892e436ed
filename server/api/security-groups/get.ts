// One security group with what is in it and what names it.

import { byId } from '@/server/core/topology/input-shapes'
import { describeSecurityGroup } from '../describe'
import { procedure } from '../trpc'

export const getSecurityGroup = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => describeSecurityGroup(await ctx.store.loadTopology(), input.id))
