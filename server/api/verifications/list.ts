// Verifications, the latest first, page by page.

import { pageByTime } from '../page-input'
import { procedure } from '../trpc'

export const listVerifications = procedure('see')
  .input(pageByTime)
  .query(({ ctx, input }) => ctx.store.verifications.list(input))
