// Adds subports in one change, also to a running VM; a trunk in ERROR takes none.

import { addSubPorts as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { addSubPortsInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { assertTakesSubPorts } from '../describe-trunks'
import { procedure } from '../trpc'

export const addSubPorts = procedure('design:edit')
  .input(addSubPortsInput)
  .mutation(async ({ ctx, input }) => {
    await assertTakesSubPorts(ctx, input.id)
    return ctx.store.edit(edit(input.id, input.subPorts, { ids: ctx.ids, now: isoNow(ctx.clock) }))
  })
