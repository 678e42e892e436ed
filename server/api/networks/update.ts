// Changes name, MTU, admin state, or the VLAN id of a network.

import { updateNetwork as edit } from '@/server/core/topology/edits/network-edits'
import { byId } from '@/server/core/topology/inputs/common'
import { networkPatchInput } from '@/server/core/topology/inputs/network-input'
import { procedure } from '../trpc'

export const updateNetwork = procedure
  .input(byId.extend({ patch: networkPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, ctx.ids)))
