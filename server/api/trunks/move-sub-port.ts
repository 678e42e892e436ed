// One subport in place of another, also of a running VM; the other subports are left alone.

import { moveSubPort as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { moveSubPortInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { assertTakesSubPorts } from '../describe-trunks'
import { procedure } from '../trpc'

export const moveSubPort = procedure('design:edit')
  .input(moveSubPortInput)
  .mutation(async ({ ctx, input }) => {
    await assertTakesSubPorts(ctx, input.id)
    return ctx.store.edit(edit(input.id, input, { ids: ctx.ids, now: isoNow(ctx.clock) }))
  })
