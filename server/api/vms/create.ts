// Adds a VM and one port per network, bound to its host.

import { createVm as edit } from '@/server/core/topology/kinds/vm/vm-edits'
import { vmInput } from '@/server/core/topology/kinds/vm/vm-input'
import { procedure } from '../trpc'

export const createVm = procedure('design:edit').input(vmInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
