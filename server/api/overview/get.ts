// The first page: how much there is, whether the hosts are well, what waits to be applied, what happened last.

import { describeOverview } from '../describe-overview'
import { procedure } from '../trpc'

export const getOverview = procedure('see').query(({ ctx }) => describeOverview(ctx))
