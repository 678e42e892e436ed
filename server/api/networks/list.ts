// The networks of one project, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const listNetworks = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { networks } = await ctx.store.loadTopology()
    return networks.filter((network) => !input?.projectId || network.projectId === input.projectId)
  })
