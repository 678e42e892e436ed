// Puts ports into a group in one change.

import { addPorts as edit } from '@/server/core/topology/kinds/security-group/group-ports'
import { addPortsInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { procedure } from '../trpc'

export const addPorts = procedure('design:edit')
  .input(addPortsInput)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.portIds, ctx.ids)))
