// One nested uplink with its devices.

import { AppError } from '@/server/core/app-error'
import { byId } from '@/server/core/topology/input-shapes'
import { describeUplinks } from '../describe-uplinks'
import { procedure } from '../trpc'

export const getNestedUplink = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => {
    const uplink = describeUplinks(await ctx.store.loadTopology()).find(({ id }) => id === input.id)
    if (!uplink) throw new AppError('not_found', 'This nested uplink does not exist, or no longer.', { field: 'id', rule: 'known-object' })
    return uplink
  })
