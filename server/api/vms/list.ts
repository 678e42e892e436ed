// The VMs of one project, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const listVms = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { vms } = await ctx.store.loadTopology()
    return vms.filter((vm) => !input?.projectId || vm.projectId === input.projectId)
  })
