// The last reading of a host as nested boxes.

import { byId } from '@/server/core/topology/input-shapes'
import { describeHostInside } from '../describe-hosts'
import { procedure } from '../trpc'

export const hostInside = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => describeHostInside(ctx, input.id))
