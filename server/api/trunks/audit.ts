// Every port of a trunk, hop by hop, against the last reading of its host. Touches nothing.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const auditTrunk = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => ctx.conductor.auditTrunk(input.id))
