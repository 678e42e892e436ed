// Adds a physical network with its MTU and VLAN ranges.

import { createPhysicalNetwork as edit } from '@/server/core/topology/kinds/physical-network/physical-network-edits'
import { physicalNetworkInput } from '@/server/core/topology/kinds/physical-network/physical-network-input'
import { procedure } from '../trpc'

export const createPhysicalNetwork = procedure('design:edit').input(physicalNetworkInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
