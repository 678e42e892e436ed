// Apply: check that the plan still speaks of this design, journal, run the hosts in parallel, and make a revision when all
// of them are as the design wants them. A host that fails is taken back; the others keep what they got, and the next plan
// goes on from there.

import { AppError } from '@/server/core/app-error'
import { isPlanBlocked, isPlanEmpty, type Plan } from '@/server/core/plan/plan'
import type { Leftover, Run } from '@/server/core/plan/run'
import { topologyDigest } from '@/server/core/topology/digest'
import type { Host, Topology } from '@/server/core/topology/topology'
import { isoNow } from '@/server/effects/clock'
import type { Design } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import { desiredState, knownHosts, type PlanDeps } from './create-plan'
import { runHost, type HostRunDeps, type HostRunResult } from './run-host'
import { openRunLog, waitingSteps, type RunLog } from './run-log'

export interface ApplyDeps extends PlanDeps {
  readonly events: EventHub
}

export interface StartedRun {
  readonly runId: string
  readonly finished: Promise<Run>
}

export async function startRun(deps: ApplyDeps, planId: string, signal: AbortSignal): Promise<StartedRun> {
  const plan = await deps.store.plans.get(planId)
  const design = await deps.store.loadDesign()
  assertApplicable(plan, design)
  const run: Run = {
    id: deps.ids.uuid(),
    planId,
    status: 'running',
    phase: 'observing',
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
  return { runId: run.id, finished: conduct(deps, log, plan, design, signal) }
}

function assertApplicable(plan: Plan, design: Design): void {
  if (isPlanBlocked(plan)) {
    const reasons = plan.hosts.flatMap((host) => host.blocked.map((blocked) => blocked.message))
    throw new AppError('plan_blocked', reasons.join(' '), { objects: reasons })
  }
  if (plan.baseRevision !== design.base.number || plan.topologyDigest !== topologyDigest(design.topology)) {
    throw new AppError('plan_stale', 'The design changed since this plan was made. Make a new plan.')
  }
  if (isPlanEmpty(plan) && plan.objects.length === 0) {
    throw new AppError('plan_stale', 'There is nothing to apply: every host is as the design wants it.')
  }
}

async function conduct(deps: ApplyDeps, log: RunLog, plan: Plan, design: Design, signal: AbortSignal): Promise<Run> {
  await log.phase('executing')
  const hosts = knownHosts(design)
  let working = plan.hosts.length
  // The phase of the run is that of its slowest host.
  const onStepsDone = async () => void (--working === 0 && (await log.phase('reading-back')))
  const results = await Promise.all(
    plan.hosts.map((hostPlan) => {
      const host = hosts.find((candidate) => candidate.id === hostPlan.hostId)!
      return runOne({ ...deps, log, signal, onStepsDone }, host, plan, design.topology)
    }),
  )
  return finish(deps, log, plan, design.topology, results, signal)
}

/** A host that could not even be read again is a failed host, not a failed console. */
function runOne(deps: HostRunDeps, host: Host, plan: Plan, topology: Topology): Promise<HostRunResult> {
  const hostPlan = plan.hosts.find((candidate) => candidate.hostId === host.id)!
  return runHost(deps, host, hostPlan, desiredState(topology, host.id)).catch((error: unknown) => ({
    hostId: host.id,
    timing: { hostId: host.id, hostName: host.name, roundTrips: 0, executeMs: 0, observeMs: 0 },
    failure: { error: error instanceof Error ? error : new Error(String(error)), step: null, wasUndone: false },
    leftovers: [],
  }))
}

async function finish(deps: ApplyDeps, log: RunLog, plan: Plan, topology: Topology, results: readonly HostRunResult[], signal: AbortSignal): Promise<Run> {
  const names = new Map(plan.hosts.map((host) => [host.hostId, host.hostName]))
  const leftovers: Leftover[] = results.flatMap((result) =>
    result.leftovers.map((label) => ({ hostId: result.hostId, hostName: names.get(result.hostId) ?? result.hostId, label })),
  )
  const timings = results.map((result) => result.timing)
  const failures = results.filter((result) => result.failure !== null)
  if (failures.length > 0) {
    return log.finish({ status: signal.aborted ? 'cancelled' : 'failed', revision: null, leftovers, timings, verdict: failureVerdict(failures, names, leftovers) })
  }
  const revision = await deps.store.revisions.record(topology, plan.id)
  deps.events.publish({ type: 'design', version: revision.number })
  return log.finish({ status: 'succeeded', revision: revision.number, leftovers, timings, verdict: `Revision ${revision.number} is in place on ${[...names.values()].join(', ')}.` })
}

function failureVerdict(failures: readonly HostRunResult[], names: ReadonlyMap<string, string>, leftovers: readonly Leftover[]): string {
  const sentences = failures.map((result) => {
    const { error, wasUndone } = result.failure!
    const undone = wasUndone ? `What was done on ${names.get(result.hostId)} was undone.` : ''
    return `${error.message.replace(/\.?$/, '.')} ${undone}`.trim()
  })
  const left = leftovers.length > 0 ? `Left over: ${leftovers.map((leftover) => `${leftover.label} on ${leftover.hostName}`).join('; ')}.` : ''
  return [...sentences, left, 'Correct the cause and plan again; the plan goes on from what is there.'].filter(Boolean).join(' ')
}
