// Changes a host's place in the design or how it is entered; connections made under the old access are closed.

import { byId } from '@/server/core/topology/inputs/common'
import { hostPatchInput } from '@/server/core/topology/inputs/host-input'
import { procedure } from '../trpc'

export const updateHost = procedure
  .input(byId.extend({ patch: hostPatchInput }))
  .mutation(async ({ ctx, input }) => {
    const updated = await ctx.store.hosts.update(input.id, input.patch)
    await ctx.conductor.forgetHost(input.id)
    return updated
  })
