// The floating IPs of one project, or of all, with their addresses.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { describeFloatingIp } from '../describe'
import { procedure } from '../trpc'

export const listFloatingIps = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const topology = await ctx.store.loadTopology()
    return topology.floatingIps
      .filter((floatingIp) => !input?.projectId || floatingIp.projectId === input.projectId)
      .map((floatingIp) => describeFloatingIp(topology, floatingIp))
  })
