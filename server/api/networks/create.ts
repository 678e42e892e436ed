// Adds a network; a segmentation id and MTU that are left out are allocated.

import { createNetwork as edit } from '@/server/core/topology/kinds/network/network-edits'
import { networkInput } from '@/server/core/topology/kinds/network/network-input'
import { procedure } from '../trpc'

export const createNetwork = procedure('design:edit').input(networkInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
