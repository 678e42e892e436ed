// Takes out a network without ports of its users; its subnets and DHCP port go along.

import { removeNetwork as edit } from '@/server/core/topology/edits/network-edits'
import { byId } from '@/server/core/topology/inputs/common'
import { procedure } from '../trpc'

export const removeNetwork = procedure.input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id)))
