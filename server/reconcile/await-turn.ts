// A run that waits: before it begins, for its hosts; before its revision is recorded, for the runs that its plan leaves other hosts to.
// Whom it waits for goes into its record and journal, so that every page in every process can say so.

import { LOOK_MS, type Lease, type Wait } from '@/server/core/operation/lease'
import type { Claim } from '@/server/core/operation/run-queue'
import { hostNameOf } from '@/server/core/explain/run'
import type { Plan } from '@/server/core/plan/plan'
import { isRunOpen, type Run, type RunWait } from '@/server/core/plan/run'
import type { Store } from '@/server/effects/db/store'
import { loadRested } from './check-stale'
import type { RunLog } from './run-log'

interface Deps {
  readonly store: Store
  readonly lookMs?: number | undefined
}

export const nameWaits = (plan: Plan, waits: readonly Wait[]): readonly RunWait[] =>
  waits.map(({ operationId, ...wait }) => ({ ...wait, runId: operationId, hostName: hostNameOf(plan.hosts, wait.hostId) }))

/** null when it was cancelled, or closed, before its turn came. */
export async function awaitTurn(
  { store, lookMs = LOOK_MS }: Deps,
  log: RunLog,
  first: Claim,
  signal: AbortSignal,
): Promise<readonly Lease[] | null> {
  const { id, plan } = log.run
  for (let claim = first; ;) {
    if (claim.state === 'claimed') return claim.leases
    if (claim.state !== 'waiting' || signal.aborted) return null
    await log.waiting(nameWaits(plan, claim.waits))
    await store.queue.changed(lookMs, signal)
    claim = await store.queue.claim(id)
  }
}

/** The run that did not bring about its part, or null when all is in place. Throws when the signal aborts. */
export async function awaitRested(
  { store, lookMs = LOOK_MS }: Deps,
  log: RunLog,
  plan: Plan,
  signal: AbortSignal,
): Promise<{ readonly host: string; readonly runId: string } | null> {
  for (;;) {
    const changed = store.queue.changed(lookMs, signal)
    const rested = await loadRested(store, plan)
    const open = rested.filter(isRunOpen)
    if (open.length === 0) return findFailed(plan, rested)
    signal.throwIfAborted()
    await log.waiting(open.flatMap((run) => waitsFor(plan, run)))
    await changed
  }
}

function findFailed(plan: Plan, rested: readonly Run[]) {
  const hasSucceeded = (runId: string) => rested.some(({ id, status }) => id === runId && status === 'succeeded')
  const host = plan.hosts.find(({ changedBy }) => changedBy !== undefined && !hasSucceeded(changedBy))
  return host?.changedBy ? { host: host.hostName, runId: host.changedBy } : null
}

const waitsFor = (plan: Plan, { id, actor, startedAt }: Run): RunWait[] =>
  plan.hosts.flatMap(({ hostId, hostName, changedBy }) =>
    changedBy === id ? [{ hostId, hostName, runId: id, actor, since: startedAt, isChanging: true }] : [],
  )
