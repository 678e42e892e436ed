// One host with what was last read of it.

import { byId } from '@/server/core/topology/input-shapes'
import { describeHost } from '../describe-hosts'
import { procedure } from '../trpc'

export const getHost = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => describeHost(ctx, input.id))
