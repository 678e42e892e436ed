// Takes out a port that no VM uses.

import { removePort as edit } from '@/server/core/topology/kinds/port/port-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removePort = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
