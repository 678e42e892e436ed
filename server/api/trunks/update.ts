// Changes name, admin state, or the whole list of subports of a trunk; the first two do not touch traffic.

import { updateTrunk as edit } from '@/server/core/topology/edits/trunk-edits'
import { byId } from '@/server/core/topology/inputs/common'
import { trunkPatchInput } from '@/server/core/topology/inputs/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { assertTakesSubPorts } from '../describe-trunks'
import { procedure } from '../trpc'

export const updateTrunk = procedure
  .input(byId.extend({ patch: trunkPatchInput }))
  .mutation(async ({ ctx, input }) => {
    if (input.patch.subPorts) await assertTakesSubPorts(ctx, input.id)
    return ctx.store.edit(edit(input.id, input.patch, { ids: ctx.ids, now: isoNow(ctx.clock) }))
  })
