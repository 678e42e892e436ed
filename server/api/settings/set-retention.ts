// Sets the limits. What they no longer allow is removed behind the answer, a few records at a time.

import { retentionInput } from '@/server/core/retention/retention-input'
import { procedure } from '../trpc'

export const setRetention = procedure('console:manage').input(retentionInput).mutation(({ ctx, input }) => ctx.store.retention.set(input))
