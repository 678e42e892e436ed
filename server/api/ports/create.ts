// Adds a port; MAC and addresses that are left out are allocated.

import { createPort as edit } from '@/server/core/topology/kinds/port/port-edits'
import { portInput } from '@/server/core/topology/kinds/port/port-input'
import { procedure } from '../trpc'

export const createPort = procedure('design:edit').input(portInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
