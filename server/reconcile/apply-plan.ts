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
  return { runId: run.id, finished }
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
    failure: { error: toError(error), step: null, wasUndone: false },
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
  const revision = await deps.store.revisions.record(topology, plan.id).catch(toError)
  if (revision instanceof Error) {
    console.error(`The revision of run ${log.run.id} could not be recorded.`, revision)
    return log.finish({ status: 'failed', revision: null, leftovers, timings, verdict: unrecordedVerdict([...names.values()], revision) })
  }
  deps.events.publish({ type: 'design', version: revision.number })
  return log.finish({ status: 'succeeded', revision: revision.number, leftovers, timings, verdict: `Revision ${revision.number} is in place on ${[...names.values()].join(', ')}.` })
}

/** Nothing that a host did: its failures are results. */
function breakOff(log: RunLog, error: unknown): Promise<Run> {
  console.error(`Run ${log.run.id} broke off.`, error)
  const verdict = `The run broke off. ${sentence(toError(error))} Its steps tell what was done. Plan again; the plan goes on from what the hosts have.`
  return log.finish({ status: 'failed', revision: null, leftovers: [], timings: [], verdict })
}

function unrecordedVerdict(names: readonly string[], error: Error): string {
  const done = names.length > 0 ? `Everything is in place on ${names.join(', ')}, but no revision tells it.` : 'No revision was recorded.'
  return `${done} ${sentence(error)} When that is mended, plan and apply again: the plan finds the hosts as they are and makes the revision.`
}

function failureVerdict(failures: readonly HostRunResult[], names: ReadonlyMap<string, string>, leftovers: readonly Leftover[]): string {
  const sentences = failures.map((result) => {
    const { error, wasUndone } = result.failure!
    const undone = wasUndone ? `What was done on ${names.get(result.hostId)} was undone.` : ''
    return `${sentence(error)} ${undone}`.trim()
  })
  const left = leftovers.length > 0 ? `Left over: ${leftovers.map((leftover) => `${leftover.label} on ${leftover.hostName}`).join('; ')}.` : ''
  return [...sentences, left, 'Correct the cause and plan again; the plan goes on from what is there.'].filter(Boolean).join(' ')
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
const sentence = ({ message }: Error): string => message.replace(/\.?$/, '.')
