// Changes a host's place in the design or how it is entered. The latter closes connections, and is refused while a run
// needs them; so is making the host read-only.

import type { HostAccessSummary } from '@/server/core/api-types'
import { byId } from '@/server/core/topology/input-shapes'
import { hostPatchInput, type HostPatch } from '@/server/core/topology/kinds/host/host-input'
import { procedure } from '../trpc'

export const updateHost = procedure('hosts:manage')
  .input(byId.extend({ patch: hostPatchInput }))
  .mutation(async ({ ctx, input: { id, patch } }) => {
    const access = await ctx.store.hosts.describeAccess([id])
    const isEnteredAnew = changesAccess(access.get(id), patch)
    // What a run began it must be able to take back.
    if (isEnteredAnew || patch.isReadOnly) await ctx.conductor.requireNoRunOn(id)
    const updated = await ctx.store.hosts.update(id, patch)
    if (isEnteredAnew) await ctx.conductor.forgetHost(id)
    return updated
  })

/** A secret that is given counts as another one: the stored one is not looked at for this. */
const changesAccess = (before: HostAccessSummary | undefined, { address, port, user, auth }: HostPatch): boolean =>
  auth !== undefined ||
  Object.entries({ address, port, user }).some(
    ([key, value]) => value !== undefined && value !== before?.[key as 'address' | 'port' | 'user'],
  )
