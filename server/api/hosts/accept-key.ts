// Pins another host key, after the operator compared it with the host's own.

import { byId } from '@/server/core/topology/input-shapes'
import { fingerprintInput } from '@/server/core/topology/kinds/host/host-input'
import { procedure } from '../trpc'

export const acceptHostKey = procedure('hosts:manage')
  .input(byId.extend({ fingerprint: fingerprintInput }))
  .mutation(async ({ ctx, input }) => {
    await ctx.conductor.requireNoRunOn(input.id)
    await ctx.store.hosts.acceptKey(input.id, input.fingerprint)
    await ctx.conductor.forgetHost(input.id)
    return { id: input.id }
  })
