// Takes out a trunk; its ports stay.

import { removeTrunk as edit } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeTrunk = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
