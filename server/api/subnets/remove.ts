// Takes out a subnet that no port of a user has an address from.

import { removeSubnet as edit } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeSubnet = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
