// Reads the host now. Watchers are told by the conductor.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const observeHost = procedure('hosts:read')
  .input(byId)
  .mutation(async ({ ctx, input }) => {
    const { observedAt } = await ctx.conductor.observeHost(input.id, ctx.actor.id)
    return { observedAt }
  })
