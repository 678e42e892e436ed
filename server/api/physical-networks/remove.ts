// Takes out a physical network that nothing uses any more.

import { removePhysicalNetwork as edit } from '@/server/core/topology/edits/physical-network-edits'
import { byId } from '@/server/core/topology/inputs/common'
import { procedure } from '../trpc'

export const removePhysicalNetwork = procedure.input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id)))
