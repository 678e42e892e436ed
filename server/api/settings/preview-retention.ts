// How many of each kind other limits would take away. Changes nothing.

import { retentionInput } from '@/server/core/retention/retention-input'
import { procedure } from '../trpc'

export const previewRetention = procedure('see')
  .input(retentionInput)
  .query(({ ctx, input }) => ctx.store.retention.preview(input))
