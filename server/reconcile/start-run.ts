// A run begins: its plan is checked, its hosts are asked for, and it is recorded as running or as queued. Whoever started it has its id then;
// it goes on by itself.

import { changedHosts } from '@/server/core/plan/plan'
import { stateDigest } from '@/server/core/host/state-digest'
import type { Run } from '@/server/core/plan/run'
import { isoNow } from '@/server/effects/clock'
import { type ApplyDeps, applyPlan } from './apply-plan'
import { nameWaits } from './await-turn'
import { assertApplicable } from './check-stale'
import { desiredState } from './create-plan'
import { openRunLog, waitingSteps } from './run-log'

export interface StartedRun {
  readonly runId: string
  /** Never fails: whatever happens, the run is closed with a verdict. */
  readonly finished: Promise<Run>
}

export async function startRun(deps: ApplyDeps, planId: string, actor: string): Promise<StartedRun> {
  const plan = await deps.store.plans.get(planId)
  const design = await deps.store.loadDesign()
  await assertApplicable(deps, plan, design)
  const id = deps.ids.uuid()
  const hostIds = changedHosts(plan).map(({ hostId }) => hostId)
  const signal = await deps.operations.begin({ id, kind: 'apply', actor, hostIds })
  try {
    const claim = await deps.store.queue.claim(id)
    const isWaiting = claim.state === 'waiting'
    const run: Run = {
      id,
      planId,
      status: isWaiting ? 'queued' : 'running',
      phase: isWaiting ? 'waiting' : 'observing',
      actor,
      waitsFor: [],
      desiredDigests: Object.fromEntries(hostIds.map((hostId) => [hostId, stateDigest(desiredState(design.topology, hostId))])),
      startedAt: isoNow(deps.clock),
      finishedAt: null,
      revision: null,
      steps: waitingSteps(plan),
      leftovers: [],
      timings: [],
      verdict: null,
      plan,
    }
    const log = await openRunLog(deps, run)
    // The first that its journal, and whoever lists runs, hears of it.
    if (isWaiting) await log.waiting(nameWaits(plan, claim.waits))
    return { runId: id, finished: applyPlan(deps, log, { claim, design, signal }) }
  } catch (error) {
    await deps.store.queue.release(id, 'failed').catch(() => undefined)
    await deps.operations.over(id)
    throw error
  }
}
