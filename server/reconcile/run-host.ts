// One host's share of a run: read again, refuse when the news changed the plan, act step by step, read back. On failure or
// cancel: read, compute the way back to what was there before, walk it, read again and name what is left.

import { AppError, isAppError } from '@/server/core/app-error'
import type { CommandResult } from '@/server/core/commands/command'
import type { HostObservation } from '@/server/core/host/observation'
import type { HostState } from '@/server/core/host/host-state'
import type { HostPlan, Step } from '@/server/core/plan/plan'
import { listDeviations, planHost, planUndo } from '@/server/core/plan/plan-host'
import type { HostTiming } from '@/server/core/plan/run'
import type { Host } from '@/server/core/topology/topology'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { HostSession } from '@/server/effects/ssh/host-session'
import type { HostRoom } from './host-room'
import type { RunLog } from './run-log'

export interface HostRunDeps {
  readonly hosts: Pick<HostRoom, 'session' | 'observe'>
  readonly clock: Clock
  readonly log: Pick<RunLog, 'phase' | 'step'>
  readonly signal: AbortSignal
  /** All steps of this host are done; it is read back next. */
  readonly onStepsDone: () => Promise<void>
}

export interface HostRunResult {
  readonly hostId: string
  readonly timing: HostTiming
  /** null when the host is as the design wants it. */
  readonly failure: { readonly error: Error; readonly step: Step | null; readonly wasUndone: boolean } | null
  readonly leftovers: readonly string[]
}

export async function runHost(deps: HostRunDeps, host: Host, plan: HostPlan, desired: HostState): Promise<HostRunResult> {
  const session = deps.hosts.session(host.id)
  const watch = stopwatch(deps.clock)
  const before = await watch.time('observeMs', () => deps.hosts.observe(host.id, session))
  assertFresh(host, plan, desired, before)
  const done: { step: Step | null } = { step: null }
  try {
    for (const step of plan.steps) {
      done.step = step
      deps.signal.throwIfAborted()
      await watch.time('executeMs', () => runStep(deps, session, host.id, step))
    }
    await deps.onStepsDone()
    const after = await watch.time('observeMs', () => deps.hosts.observe(host.id, session))
    const deviations = listDeviations(host, desired, after)
    const timing = { hostId: host.id, hostName: host.name, roundTrips: session.roundTrips, ...watch.total }
    return { hostId: host.id, timing, failure: notConverged(host, deviations), leftovers: [] }
  } catch (error) {
    const { wasUndone, leftovers } = await undo(deps, session, host, plan, before)
    const timing = { hostId: host.id, hostName: host.name, roundTrips: session.roundTrips, ...watch.total }
    return { hostId: host.id, timing, failure: { error: toError(error), step: done.step, wasUndone }, leftovers }
  }
}

/** Read-back of a run without errors that still is not what was asked for. Nothing is undone: it works, and is named. */
function notConverged(host: Host, deviations: readonly string[]): HostRunResult['failure'] {
  if (deviations.length === 0) return null
  const shown = deviations.slice(0, 5).join('; ')
  const error = new AppError('internal', `${host.name} took every command, but reads back different: ${shown}`, { host: host.name, objects: deviations })
  return { error, step: null, wasUndone: false }
}

function assertFresh(host: Host, plan: HostPlan, desired: HostState, before: HostObservation): void {
  const fresh = planHost(host, desired, before)
  if (fresh.blocked[0]) throw new AppError('plan_blocked', fresh.blocked[0].message, { host: host.name })
  if (JSON.stringify(fresh.steps) !== JSON.stringify(plan.steps)) {
    throw new AppError('plan_stale', `${host.name} changed since the plan was made. Nothing was done there; make a new plan.`, { host: host.name })
  }
}

async function runStep(deps: HostRunDeps, session: HostSession, hostId: string, step: Step, isUndo = false): Promise<CommandResult> {
  const record = { hostId, stepId: step.id, title: step.title, isUndo, startedAt: isoNow(deps.clock) }
  try {
    await deps.log.step({ ...record, status: 'running', result: null })
    // An undo is not cancelled by the signal that caused it.
    const result = await session.run(step.command, isUndo ? {} : { signal: deps.signal })
    const isOk = (step.command.acceptedExitCodes ?? [0]).includes(result.exitCode ?? -1)
    await deps.log.step({ ...record, status: isOk ? 'done' : 'failed', result })
    if (!isOk) throw commandFailed(step, result)
    return result
  } catch (error) {
    // A journal that cannot be written either must not hide what failed first.
    if (!isAppError(error) || error.code !== 'command_failed') await deps.log.step({ ...record, status: 'failed', result: null }).catch(() => undefined)
    throw error
  }
}

function commandFailed(step: Step, result: CommandResult): AppError {
  const output = (result.stderr || result.stdout).trim().slice(0, 2000)
  return new AppError('command_failed', `${result.host}: "${step.title}" failed with exit code ${result.exitCode}: ${output || 'no output'}`, {
    host: result.host,
    argv: result.argv,
    exitCode: result.exitCode,
    stdout: result.stdout.slice(0, 4000),
    stderr: result.stderr.slice(0, 4000),
    durationMs: result.durationMs,
  })
}

/** `leftovers`: labels of what could not be taken back. */
async function undo(run: HostRunDeps, session: HostSession, host: Host, { changes }: HostPlan, before: HostObservation): Promise<{ readonly wasUndone: boolean; readonly leftovers: readonly string[] }> {
  const deps = { ...run, log: unhindered(run.log) }
  try {
    await deps.log.phase('undoing')
    const broken = await deps.hosts.observe(host.id, session)
    for (const step of planUndo(host, before, broken, changes).steps) {
      // One stubborn step must not keep the others from being undone; the read-back tells what is left.
      await runStep(deps, session, host.id, step, true).catch(() => undefined)
    }
    return { wasUndone: true, leftovers: planUndo(host, before, await deps.hosts.observe(host.id, session), changes).leftovers }
  } catch (error) {
    return { wasUndone: false, leftovers: [`unknown: what was done could not be taken back or read again (${toError(error).message})`] }
  }
}

/** A console that cannot write any more must not leave a host half built: the way back needs no journal. */
const unhindered = ({ phase, step }: HostRunDeps['log']): HostRunDeps['log'] => ({
  phase: (each) => phase(each).catch(() => undefined),
  step: (each) => step(each).catch(() => undefined),
})

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

function stopwatch(clock: Clock) {
  const total = { observeMs: 0, executeMs: 0 }
  return {
    total,
    time: async <T>(part: keyof typeof total, work: () => Promise<T>): Promise<T> => {
      const start = clock.now().getTime()
      try {
        return await work()
      } finally {
        total[part] += clock.now().getTime() - start
      }
    },
  }
}
