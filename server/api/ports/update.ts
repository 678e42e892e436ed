// Changes name, MAC, addresses, binding or state of a port.

import { updatePort as edit } from '@/server/core/topology/edits/port-edits'
import { byId } from '@/server/core/topology/inputs/common'
import { portPatchInput } from '@/server/core/topology/inputs/port-input'
import { procedure } from '../trpc'

export const updatePort = procedure
  .input(byId.extend({ patch: portPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, ctx.ids)))
