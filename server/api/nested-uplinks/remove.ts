// Takes a nested uplink away; also while its VM runs.

import { removeUplink as edit } from '@/server/core/topology/kinds/nested-uplink/nested-uplink-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeNestedUplink = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
