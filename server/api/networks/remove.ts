// Takes out a network without ports of its users; its subnets and DHCP port go along.

import { removeNetwork as edit } from '@/server/core/topology/kinds/network/network-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeNetwork = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id)))
