// A host that a plan has no steps for. No run was there since it was read (core/plan/stale.ts), so it is not read again for this one; but what
// is known of it by now counts.

import type { HostState } from '@/server/core/host/host-state'
import { unsettled } from '@/server/core/plan/made'
import type { HostPlan } from '@/server/core/plan/plan'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { MadeStore } from '@/server/effects/db/store'
import { assertFresh, findNotConverged } from './check-host'
import type { HostManager } from './host-manager'
import type { HostRunResult } from './run-host'

interface Deps {
  readonly hosts: Pick<HostManager, 'last' | 'observe'>
  readonly store: { readonly made: MadeStore }
}

/** Nothing where the host is as the plan wants it, or left to the run that is changing it. */
export async function checkUnchanged(
  { hosts, store }: Deps,
  host: Host,
  plan: HostPlan,
  desired: HostState,
): Promise<readonly HostRunResult[]> {
  if (plan.changedBy !== undefined) return []
  const last = await hosts.last(host.id)
  // The reading of the plan itself, or a newer one; a console that was started since may have none as young.
  const reading = last && last.observedAt >= plan.observedAt ? last : await hosts.observe(host.id)
  assertFresh(host, plan, desired, reading, unsettled(await store.made.load(host.id), reading))
  const error = findNotConverged(host, desired, reading)
  const timing = { hostId: host.id, hostName: host.name, roundTrips: 0, executeMs: 0, observeMs: 0 }
  return error ? [{ hostId: host.id, timing, failure: { error, step: null, undo: null }, leftovers: [] }] : []
}
