// What was edited since the last applied revision.

import type { PendingChanges } from '@/server/core/api-types'
import { describeDesign } from '../describe'
import { procedure } from '../trpc'

export const listChanges = procedure('see').query(async ({ ctx }): Promise<PendingChanges> => {
  const { revision, changes } = describeDesign(await ctx.store.loadDesign())
  return { revision, changes }
})
