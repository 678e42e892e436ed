// Sets the limits. Answers when what they no longer allow is gone; while a run is going, that is done at its end.

import { retentionInput } from '@/server/core/retention/retention-input'
import { procedure } from '../trpc'

export const setRetention = procedure('console:manage')
  .input(retentionInput)
  .mutation(({ ctx, input }) => ctx.store.retention.set(input))
