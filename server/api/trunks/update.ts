// Changes name or admin state of a trunk; neither touches traffic.

import { updateTrunk as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { trunkPatchInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { procedure } from '../trpc'

export const updateTrunk = procedure('design:edit')
  .input(byId.extend({ patch: trunkPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, { ids: ctx.ids, now: isoNow(ctx.clock) })))
