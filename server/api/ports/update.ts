// Changes name, MAC, addresses, binding or state of a port.

import { updatePort as edit } from '@/server/core/topology/kinds/port/port-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { portPatchInput } from '@/server/core/topology/kinds/port/port-input'
import { procedure } from '../trpc'

export const updatePort = procedure('design:edit')
  .input(byId.extend({ patch: portPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, ctx.ids)))
