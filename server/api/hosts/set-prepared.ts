// Wants the host's bridges built, or no longer. An edit like any other, applied by a plan.

import { z } from 'zod'
import { setHostPrepared as edit } from '@/server/core/topology/kinds/host/host-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const setHostPrepared = procedure('hosts:manage')
  .input(byId.extend({ isPrepared: z.boolean() }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.isPrepared, ctx.ids)))
