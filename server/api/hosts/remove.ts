// Takes a host without ports out of the design. The next plan cleans it, so its access is kept until then.

import { removeHost as edit } from '@/server/core/topology/kinds/host/host-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeHost = procedure('hosts:manage')
  .input(byId)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, ctx.ids)))
