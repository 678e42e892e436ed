// Takes over what an earlier registration of the same machine left on it. An edit like any other, applied by a plan.

import { adoptHost as edit } from '@/server/core/topology/kinds/host/host-edits'
import { byId, idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const adoptHost = procedure('hosts:manage')
  .input(byId.extend({ formerId: idInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.formerId, ctx.ids)))
