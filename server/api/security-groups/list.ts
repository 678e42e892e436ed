// The security groups of one project, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const listSecurityGroups = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { securityGroups } = await ctx.store.loadTopology()
    return securityGroups.filter((group) => !input?.projectId || group.projectId === input.projectId)
  })
