// One applied revision: the whole design at that time, and what it changed.

import { z } from 'zod'
import { procedure } from '../trpc'

export const getRevision = procedure('see')
  .input(z.object({ number: z.int().min(1) }))
  .query(({ ctx, input }) => ctx.store.revisions.get(input.number))
