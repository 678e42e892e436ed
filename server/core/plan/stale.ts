// Whether a plan still holds when its turn comes. Runs go side by side, so much may have happened since the plan was made: the design may
// have moved on, another run may have recorded a revision or changed a host that this plan leaves as it was read. What a run changes itself
// it reads anew (reconcile/run-host.ts); all else a revision of it would claim is looked at here (docs/decisions/0023).

import { isHeld, type Lease } from '../operation/lease'
import { changedHosts, isPlanEmpty, type Plan } from './plan'
import { isRunOpen, type Run } from './run'
import type { Stale } from './stale-params'

export interface Present {
  readonly topologyDigest: string
  /** Those with a higher number than the plan's base. */
  readonly newerRevisions: readonly { readonly number: number; readonly planId: string }[]
  readonly leases: readonly Lease[]
  /** Those that the plan rests on. */
  readonly rested: readonly Pick<Run, 'id' | 'planId' | 'status'>[]
  readonly now: string
}

/** Runs that this plan leaves hosts to. */
export const restedRuns = (plan: Pick<Plan, 'hosts'>): readonly string[] => [
  ...new Set(plan.hosts.flatMap(({ changedBy }) => changedBy ?? [])),
]

export function findStale(plan: Plan, present: Present, ownRunId: string | null = null): Stale | null {
  if (plan.topologyDigest !== present.topologyDigest) return { code: 'design-moved', params: {} }
  // A revision of a run that the plan rests on was foreseen by it.
  const foreseen = new Set(present.rested.map(({ planId }) => planId))
  const other = present.newerRevisions.find(({ planId }) => !foreseen.has(planId))
  if (other) return { code: 'revision-moved', params: { revision: other.number } }
  if (isPlanEmpty(plan) && plan.objects.length === 0) return { code: 'nothing-to-do', params: {} }
  return findHostStale(plan, present, ownRunId)
}

function findHostStale(plan: Plan, { leases, rested, now }: Present, ownRunId: string | null): Stale | null {
  const changed = new Set(changedHosts(plan).map(({ hostId }) => hostId))
  for (const { hostId, hostName: host, token = 0, changedBy } of plan.hosts) {
    const lease = leases.find((each) => each.hostId === hostId)
    if (changed.has(hostId)) continue
    if (lease && lease.token !== token) return { code: 'host-changed', params: { host, runId: lease.operationId } }
    const run = rested.find(({ id }) => id === changedBy)
    if (changedBy && !(run && (isRunOpen(run) || run.status === 'succeeded')))
      return { code: 'rested-failed', params: { host, runId: changedBy } }
  }
  const known = new Set(plan.hosts.map(({ hostId }) => hostId))
  const beyond = leases.find((lease) => !known.has(lease.hostId) && lease.operationId !== ownRunId && isHeld(lease, now))
  return beyond ? { code: 'beyond-plan', params: { runId: beyond.operationId } } : null
}
