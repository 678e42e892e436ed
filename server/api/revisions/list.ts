// Applied revisions, the latest first, page by page.

import { pageByNumber } from '../page-input'
import { procedure } from '../trpc'

export const listRevisions = procedure('see')
  .input(pageByNumber)
  .query(({ ctx, input }) => ctx.store.revisions.list(input))
