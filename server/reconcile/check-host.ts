// A host's share of a plan against a reading of the host: before its steps whether the plan is still the plan, after them whether it came about.

import { AppError } from '@/server/core/app-error'
import { explainFinding } from '@/server/core/explain/finding'
import type { HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import type { Made } from '@/server/core/plan/made'
import type { HostPlan } from '@/server/core/plan/plan'
import { listDeviations, planHost } from '@/server/core/plan/plan-host'
import type { Host } from '@/server/core/topology/kinds/host/host'

export function assertFresh(host: Host, plan: HostPlan, desired: HostState, before: HostObservation, earlier: readonly Made[]): void {
  const fresh = planHost(host, desired, before, earlier)
  if (fresh.blocked[0]) throw new AppError('plan_blocked', explainFinding(fresh.blocked[0]), { host: host.name })
  if (JSON.stringify(fresh.steps) !== JSON.stringify(plan.steps)) {
    throw new AppError('plan_stale', `${host.name} changed since the plan was made. Nothing was done there; make a new plan.`, {
      host: host.name,
    })
  }
}

/** Of a host that is not what was asked for although nothing failed. Nothing is undone: it works, and is named. */
export function findNotConverged(host: Host, desired: HostState, reading: HostObservation): AppError | null {
  const deviations = listDeviations(host, desired, reading).map(explainFinding)
  if (deviations.length === 0) return null
  const shown = deviations.slice(0, 5).join('; ')
  return new AppError('internal', `${host.name} took every command, but reads back different: ${shown}`, {
    host: host.name,
    objects: deviations,
  })
}
