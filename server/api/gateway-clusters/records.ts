// The records of a gateway cluster, with what each member had of them when it was last read.

import { byId } from '@/server/core/topology/input-shapes'
import { describeRecords } from '../describe-gateways'
import { procedure } from '../trpc'

export const gatewayRecords = procedure('see')
  .input(byId)
  .query(({ ctx, input }) => describeRecords(ctx, input.id))
