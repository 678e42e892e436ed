// Adds a physical network with its MTU and VLAN ranges.

import { createPhysicalNetwork as edit } from '@/server/core/topology/edits/physical-network-edits'
import { physicalNetworkInput } from '@/server/core/topology/inputs/network-input'
import { procedure } from '../trpc'

export const createPhysicalNetwork = procedure.input(physicalNetworkInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
