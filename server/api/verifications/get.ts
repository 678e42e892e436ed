// One verification with the evidence of every hop.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const getVerification = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => ctx.conductor.getVerification(input.id))
