// One port forwarding.

import { AppError } from '@/server/core/app-error'
import { findById } from '@/server/core/topology/find'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const getPortForwarding = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => {
    const forwarding = findById((await ctx.store.loadTopology()).portForwardings, input.id)
    if (!forwarding)
      throw new AppError('not_found', 'This port forwarding does not exist, or no longer.', { field: 'id', rule: 'known-object' })
    return forwarding
  })
