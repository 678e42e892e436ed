// Ends what only reads. Runs and verifications have verbs of their own, for those who may start them.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const cancelOperation = procedure('hosts:read')
  .input(byId)
  .mutation(({ ctx, input }) => ctx.conductor.cancelReading(input.id))
