// Takes out a physical network that nothing uses any more.

import { removePhysicalNetwork as edit } from '@/server/core/topology/kinds/physical-network/physical-network-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removePhysicalNetwork = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id)))
