// Makes a port the parent of a trunk, with any number of subports.

import { createTrunk as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { trunkInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { procedure } from '../trpc'

export const createTrunk = procedure('design:edit')
  .input(trunkInput)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input, { ids: ctx.ids, now: isoNow(ctx.clock) })))
