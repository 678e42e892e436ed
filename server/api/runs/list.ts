// Runs, the latest first, page by page.

import { pageByTime } from '../page-input'
import { procedure } from '../trpc'

export const listRuns = procedure('see')
  .input(pageByTime)
  .query(({ ctx, input }) => ctx.store.runs.list(input))
