// Takes a router out of a subnet. The port goes, also one that was there before.

import { removeInterface as edit } from '@/server/core/topology/kinds/router/router-interfaces'
import { interfaceInput } from '@/server/core/topology/kinds/router/router-input'
import { procedure } from '../trpc'

export const removeInterface = procedure('design:edit')
  .input(interfaceInput)
  .mutation(({ ctx, input: { id, ...choice } }) => ctx.store.edit(edit(id, choice, ctx.ids)))
