// The nested uplinks of one host's VMs, of one VM, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { describeUplinks } from '../describe-uplinks'
import { procedure } from '../trpc'

export const listNestedUplinks = procedure('see')
  .input(z.object({ hostId: idInput.optional(), vmId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const uplinks = describeUplinks(await ctx.store.loadTopology())
    return uplinks.filter(({ hostId, vmId }) => (!input?.hostId || hostId === input.hostId) && (!input?.vmId || vmId === input.vmId))
  })
