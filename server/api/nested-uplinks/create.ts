// Gives a VM a nested uplink; also while it runs.

import { createUplink as edit } from '@/server/core/topology/kinds/nested-uplink/nested-uplink-edits'
import { uplinkInput } from '@/server/core/topology/kinds/nested-uplink/nested-uplink-input'
import { procedure } from '../trpc'

export const createNestedUplink = procedure('design:edit').input(uplinkInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
