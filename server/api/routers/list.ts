// The routers of one project, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const listRouters = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { routers } = await ctx.store.loadTopology()
    return routers.filter((router) => !input?.projectId || router.projectId === input.projectId)
  })
