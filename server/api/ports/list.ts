// Ports, of all networks or of one, on all hosts or on one.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const listPorts = procedure('see')
  .input(z.object({ networkId: idInput.optional(), hostId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { ports } = await ctx.store.loadTopology()
    return ports.filter(
      (port) => (!input?.networkId || port.networkId === input.networkId) && (!input?.hostId || port.hostId === input.hostId),
    )
  })
