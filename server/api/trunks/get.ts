// One trunk with its state.

import { byId } from '@/server/core/topology/input-shapes'
import { describeTrunk } from '../describe-trunks'
import { procedure } from '../trpc'

export const getTrunk = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => describeTrunk(ctx, input.id))
