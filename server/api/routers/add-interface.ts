// Puts a router into a subnet: at its gateway address, or by a port that is there.

import { addInterface as edit } from '@/server/core/topology/kinds/router/router-interfaces'
import { interfaceInput } from '@/server/core/topology/kinds/router/router-input'
import { procedure } from '../trpc'

export const addInterface = procedure('design:edit')
  .input(interfaceInput)
  .mutation(({ ctx, input: { id, ...choice } }) => ctx.store.edit(edit(id, choice, ctx.ids)))
