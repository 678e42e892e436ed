// Takes subports out of a trunk, also of a running VM; the ports stay.

import { removeSubPorts as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { removeSubPortsInput } from '@/server/core/topology/kinds/trunk/trunk-input'
import { isoNow } from '@/server/effects/clock'
import { procedure } from '../trpc'

export const removeSubPorts = procedure('design:edit')
  .input(removeSubPortsInput)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input, { ids: ctx.ids, now: isoNow(ctx.clock) })))
