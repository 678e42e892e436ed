// Takes out a VM together with its ports.

import { removeVm as edit } from '@/server/core/topology/kinds/vm/vm-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeVm = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
