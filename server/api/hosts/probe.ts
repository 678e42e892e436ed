// Looks at what the host offers: tools, versions, NICs, and what stands in the way of preparing it.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const probeHost = procedure('hosts:manage')
  .input(byId)
  .mutation(({ ctx, input }) => ctx.conductor.probeHost(input.id, ctx.actor.id))
