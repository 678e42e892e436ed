// Looks up what a plan is held against before it is applied, and again when its turn comes (core/plan/stale.ts).

import { AppError } from '@/server/core/app-error'
import { explainFinding } from '@/server/core/explain/finding'
import { shortRun } from '@/server/core/explain/words'
import { explainStale } from '@/server/core/explain/stale'
import { isPlanBlocked, type Plan } from '@/server/core/plan/plan'
import { isRunOpen } from '@/server/core/plan/run'
import { findStale, restedRuns } from '@/server/core/plan/stale'
import type { Stale } from '@/server/core/plan/stale-params'
import { topologyDigest } from '@/server/core/topology/digest'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Design, Store } from '@/server/effects/db/store'

interface Deps {
  readonly store: Store
  readonly clock: Clock
}

/** Before a run begins: whoever applies the plan is told at once. */
export async function assertApplicable(deps: Deps, plan: Plan, design: Design): Promise<void> {
  if (isPlanBlocked(plan)) {
    const reasons = plan.hosts.flatMap((host) => host.blocked.map(explainFinding))
    throw new AppError('plan_blocked', reasons.join(' '), { objects: reasons })
  }
  const stale = await checkStale(deps, plan, design)
  if (stale) throw new AppError('plan_stale', explainStale(stale))
  await deps.store.runs.settle()
  const twin = (await deps.store.runs.listUnfinished()).find((run) => run.planId === plan.id && isRunOpen(run))
  if (twin) throw new AppError('busy', `This plan is being applied already, by run ${shortRun(twin.id)}.`)
}

export async function checkStale(
  { store, clock }: Deps,
  plan: Plan,
  design: Design,
  ownRunId: string | null = null,
): Promise<Stale | null> {
  const [newerRevisions, leases, rested] = await Promise.all([
    store.revisions.listNewer(plan.baseRevision),
    store.queue.listLeases(),
    loadRested(store, plan),
  ])
  return findStale(plan, { topologyDigest: topologyDigest(design.topology), newerRevisions, leases, rested, now: isoNow(clock) }, ownRunId)
}

/** One that is no longer there counts as one that did not succeed. */
export async function loadRested(store: Store, plan: Plan) {
  const runs = await Promise.all(restedRuns(plan).map((id) => store.runs.get(id).catch(() => null)))
  return runs.flatMap((run) => run ?? [])
}
