// Apply: wait for the hosts, check that the plan still holds, change the hosts in parallel, and record a revision when all of them are as the
// design wants them. A host that fails is taken back; the others keep what they got, and the next plan goes on from there.

import type { Lease } from '@/server/core/operation/lease'
import type { Claim } from '@/server/core/operation/run-queue'
import { findMoves } from '@/server/core/plan/moves'
import type { HostPlan, Plan } from '@/server/core/plan/plan'
import type { Run } from '@/server/core/plan/run'
import type { Leftover, RunVerdict } from '@/server/core/plan/run-verdict'
import { restedRuns } from '@/server/core/plan/stale'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'
import type { Design } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import type { Logger } from '@/server/effects/log/logger'
import { awaitRested, awaitTurn } from './await-turn'
import { checkStale, loadRested } from './check-stale'
import { checkUnchanged } from './check-unchanged'
import { desiredState, knownHosts, type PlanDeps } from './create-plan'
import type { HostManager } from './host-manager'
import { openMoves } from './move-gate'
import type { OperationManager } from './operation-manager'
import { runHost, type HostRunDeps, type HostRunResult } from './run-host'
import type { RunLog } from './run-log'

export interface ApplyDeps extends PlanDeps {
  readonly events: EventHub
  readonly hosts: Pick<HostManager, 'observe' | 'last' | 'session'>
  readonly lookMs?: number | undefined
  readonly operations: Pick<OperationManager, 'begin' | 'over' | 'assertHeld'>
  readonly logger: Logger
}

export interface Turn {
  readonly claim: Claim
  /** When the run was asked for. */
  readonly design: Design
  readonly signal: AbortSignal
}

/** Never fails: whatever happens, the run is closed with a verdict. */
export async function applyPlan(deps: ApplyDeps, log: RunLog, turn: Turn): Promise<Run> {
  const run = await conduct(deps, log, turn).catch((error: unknown) => breakOff(deps, log, error))
  await deps.operations.over(run.id)
  return run
}

const NOTHING_DONE = { revision: null, leftovers: [], timings: [] } as const

async function conduct(deps: ApplyDeps, log: RunLog, { claim, signal, ...turn }: Turn): Promise<Run> {
  const { plan, id } = log.run
  const leases = await awaitTurn(deps, log, claim, signal)
  if (!leases) return log.finish({ status: 'cancelled', ...NOTHING_DONE, verdict: { code: 'cancelled-queued', params: {} } })
  if (claim.state === 'waiting') await log.begin()
  const design = claim.state === 'waiting' ? await deps.store.loadDesign() : turn.design
  const stale = await checkStale(deps, plan, design, id)
  if (stale) return log.finish({ status: 'failed', ...NOTHING_DONE, verdict: { code: 'refused', params: { stale } } })
  return changeHosts(deps, log, leases, design, signal)
}

async function changeHosts(deps: ApplyDeps, log: RunLog, leases: readonly Lease[], design: Design, signal: AbortSignal): Promise<Run> {
  await log.phase('executing')
  const { plan } = log.run
  const hosts = knownHosts(design)
  const nameOf = (hostId: string) => hosts.find(({ id }) => id === hostId)?.name ?? null
  let working = leases.length
  // The phase of the run is that of its slowest host.
  const onStepsDone = async () => void (--working === 0 && (await log.phase('reading-back')))
  const movesOf = openMoves(findMoves(plan.hosts, design.topology), plan.hosts)
  const results = await Promise.all(
    plan.hosts.map(async (hostPlan): Promise<readonly HostRunResult[]> => {
      const host = hosts.find((candidate) => candidate.id === hostPlan.hostId)!
      const desired = desiredState(design.topology, host.id)
      const lease = leases.find(({ hostId }) => hostId === host.id)
      if (!lease) return checkUnchanged(deps, host, hostPlan, desired).catch((error: unknown) => [notEntered(host, error)])
      const assertHeld = (isUndo: boolean) => deps.operations.assertHeld(lease, isUndo)
      const moves = movesOf(host.id)
      const runDeps: HostRunDeps = { ...deps, made: deps.store.made, nameOf, log, signal, onStepsDone, assertHeld, moves }
      const failed = (error: unknown): HostRunResult => {
        moves.fail()
        return notEntered(host, error)
      }
      return [await runHost(runDeps, host, hostPlan, desired).catch(failed)]
    }),
  )
  return finish(deps, log, design.topology, results.flat(), signal)
}

/** A host that could not even be read again is a failed host, not a failed console. */
const notEntered = (host: Host, error: unknown): HostRunResult => ({
  hostId: host.id,
  timing: { hostId: host.id, hostName: host.name, roundTrips: 0, executeMs: 0, observeMs: 0 },
  failure: { error: toError(error), step: null, undo: null },
  leftovers: [],
})

async function finish(
  deps: ApplyDeps,
  log: RunLog,
  topology: Topology,
  results: readonly HostRunResult[],
  signal: AbortSignal,
): Promise<Run> {
  const { plan } = log.run
  const names = new Map(plan.hosts.map((host) => [host.hostId, host.hostName]))
  const leftovers: Leftover[] = results.flatMap((result) =>
    result.leftovers.map((finding) => ({ hostId: result.hostId, hostName: names.get(result.hostId) ?? result.hostId, finding })),
  )
  const timings = results.map((result) => result.timing)
  const failures = results.filter((result) => result.failure !== null)
  if (failures.length > 0) {
    return log.finish({
      status: signal.aborted ? 'cancelled' : 'failed',
      revision: null,
      leftovers,
      timings,
      verdict: failed(failures, names, leftovers),
    })
  }
  const recorded = await record(deps, log, topology, signal).catch((error: unknown): Recorded =>
    notRecorded(deps, log.run.id, plan.hosts, error),
  )
  const status = recorded.revision === null ? (signal.aborted ? 'cancelled' : 'failed') : 'succeeded'
  return log.finish({ status, leftovers, timings, ...recorded })
}

type Recorded = Pick<Run, 'revision'> & { readonly verdict: RunVerdict }

/** Only when all hosts of the plan are as its design wants them: those of this run, and those that it left to others. */
async function record(deps: ApplyDeps, log: RunLog, topology: Topology, signal: AbortSignal): Promise<Recorded> {
  const { plan } = log.run
  const missing = restedRuns(plan).length > 0 ? await awaitRested(deps, log, plan, signal) : null
  if (missing) return { revision: null, verdict: { code: 'rested-failed', params: { hosts: changedNames(plan), ...missing } } }
  const foreseen = (await loadRested(deps.store, plan)).map(({ planId }) => planId)
  const { number } = await deps.store.revisions.record(topology, plan.id, { revision: plan.baseRevision, foreseen })
  deps.events.publish({ type: 'revision', number })
  return {
    revision: number,
    verdict: { code: 'in-place', params: { revision: number, hosts: plan.hosts.map(({ hostName }) => hostName) } },
  }
}

const changedNames = ({ hosts }: Plan): readonly string[] =>
  hosts.filter(({ changedBy }) => changedBy === undefined).map(({ hostName }) => hostName)

function notRecorded({ logger }: Pick<ApplyDeps, 'logger'>, runId: string, hosts: readonly HostPlan[], error: unknown): Recorded {
  logger.error('The revision of a run could not be recorded.', { runId, err: error })
  return {
    revision: null,
    verdict: { code: 'not-recorded', params: { hosts: hosts.map(({ hostName }) => hostName), said: toError(error).message } },
  }
}

function breakOff({ logger }: Pick<ApplyDeps, 'logger'>, log: RunLog, error: unknown): Promise<Run> {
  logger.error('A run broke off.', { runId: log.run.id, err: error })
  return log.finish({ status: 'failed', ...NOTHING_DONE, verdict: { code: 'broke-off', params: { said: toError(error).message } } })
}

function failed(results: readonly HostRunResult[], names: ReadonlyMap<string, string>, leftovers: readonly Leftover[]): RunVerdict {
  const failures = results.flatMap(({ hostId, failure }) =>
    failure ? [{ host: names.get(hostId) ?? hostId, said: failure.error.message, undo: failure.undo }] : [],
  )
  return { code: 'failed', params: { failures, leftovers } }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
