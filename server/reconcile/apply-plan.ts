// Apply: check that the plan still speaks of this design, journal, run the hosts in parallel, and make a revision when all
// of them are as the design wants them. A host that fails is taken back; the others keep what they got, and the next plan
// goes on from there.

import { AppError } from '@/server/core/app-error'
import { explainFinding } from '@/server/core/explain/finding'
import { isPlanBlocked, isPlanEmpty, type Plan } from '@/server/core/plan/plan'
import type { Run } from '@/server/core/plan/run'
import type { Leftover, RunVerdict } from '@/server/core/plan/run-verdict'
import { topologyDigest } from '@/server/core/topology/digest'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'
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
  readonly hostIds: readonly string[]
  /** Never fails: whatever happens, the run is closed with a verdict. */
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
  const finished = conduct(deps, log, plan, design, signal).catch((error: unknown) => breakOff(log, error))
  return { runId: run.id, hostIds: plan.hosts.map(({ hostId }) => hostId), finished }
}

function assertApplicable(plan: Plan, design: Design): void {
  if (isPlanBlocked(plan)) {
    const reasons = plan.hosts.flatMap((host) => host.blocked.map(explainFinding))
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
  const nameOf = (hostId: string) => hosts.find(({ id }) => id === hostId)?.name ?? null
  let working = plan.hosts.length
  // The phase of the run is that of its slowest host.
  const onStepsDone = async () => void (--working === 0 && (await log.phase('reading-back')))
  const results = await Promise.all(
    plan.hosts.map((hostPlan) => {
      const host = hosts.find((candidate) => candidate.id === hostPlan.hostId)!
      return runOne({ ...deps, made: deps.store.made, nameOf, log, signal, onStepsDone }, host, plan, design.topology)
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
    failure: { error: toError(error), step: null, undo: null },
    leftovers: [],
  }))
}

async function finish(deps: ApplyDeps, log: RunLog, plan: Plan, topology: Topology, results: readonly HostRunResult[], signal: AbortSignal): Promise<Run> {
  const names = new Map(plan.hosts.map((host) => [host.hostId, host.hostName]))
  const leftovers: Leftover[] = results.flatMap((result) =>
    result.leftovers.map((finding) => ({ hostId: result.hostId, hostName: names.get(result.hostId) ?? result.hostId, finding })),
  )
  const timings = results.map((result) => result.timing)
  const failures = results.filter((result) => result.failure !== null)
  if (failures.length > 0) {
    return log.finish({ status: signal.aborted ? 'cancelled' : 'failed', revision: null, leftovers, timings, verdict: failed(failures, names, leftovers) })
  }
  const revision = await deps.store.revisions.record(topology, plan.id).catch(toError)
  if (revision instanceof Error) {
    console.error(`The revision of run ${log.run.id} could not be recorded.`, revision)
    return log.finish({ status: 'failed', revision: null, leftovers, timings, verdict: { code: 'not-recorded', params: { hosts: [...names.values()], said: revision.message } } })
  }
  deps.events.publish({ type: 'design', version: revision.number })
  return log.finish({ status: 'succeeded', revision: revision.number, leftovers, timings, verdict: { code: 'in-place', params: { revision: revision.number, hosts: [...names.values()] } } })
}

/** Nothing that a host did: its failures are results. */
function breakOff(log: RunLog, error: unknown): Promise<Run> {
  console.error(`Run ${log.run.id} broke off.`, error)
  return log.finish({ status: 'failed', revision: null, leftovers: [], timings: [], verdict: { code: 'broke-off', params: { said: toError(error).message } } })
}

function failed(results: readonly HostRunResult[], names: ReadonlyMap<string, string>, leftovers: readonly Leftover[]): RunVerdict {
  const failures = results.flatMap(({ hostId, failure }) => (failure ? [{ host: names.get(hostId) ?? hostId, said: failure.error.message, undo: failure.undo }] : []))
  return { code: 'failed', params: { failures, leftovers } }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
