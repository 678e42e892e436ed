// Changes name, MTU, admin state, or the VLAN id of a network.

import { updateNetwork as edit } from '@/server/core/topology/kinds/network/network-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { networkPatchInput } from '@/server/core/topology/kinds/network/network-input'
import { procedure } from '../trpc'

export const updateNetwork = procedure('design:edit')
  .input(byId.extend({ patch: networkPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, ctx.ids)))
