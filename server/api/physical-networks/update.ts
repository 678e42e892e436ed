// Changes name, MTU or VLAN ranges of a physical network.

import { updatePhysicalNetwork as edit } from '@/server/core/topology/kinds/physical-network/physical-network-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { physicalNetworkPatchInput } from '@/server/core/topology/kinds/physical-network/physical-network-input'
import { procedure } from '../trpc'

export const updatePhysicalNetwork = procedure('design:edit')
  .input(byId.extend({ patch: physicalNetworkPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch)))
