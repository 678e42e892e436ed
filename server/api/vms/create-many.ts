// Adds several VMs in one change, all or none; an error names the one that is to blame, as `items.3.name`.

import { inTurn } from '@/server/core/topology/edit'
import { vmEdits } from '@/server/core/topology/kinds/vm/vm-edits'
import { listVms, vmsInput } from '@/server/core/topology/kinds/vm/vms-input'
import { isoNow } from '@/server/effects/clock'
import { procedure } from '../trpc'

export const createVms = procedure('design:edit')
  .input(vmsInput)
  .mutation(async ({ ctx, input }) => {
    const deps = { ids: ctx.ids, now: isoNow(ctx.clock) }
    const made = await ctx.store.edit(inTurn(listVms(input).map((each) => vmEdits.create.edit(each, deps))))
    return { ids: made.map(({ id }) => id) }
  })
