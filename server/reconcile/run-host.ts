// One host's share of a run, where it has steps: read again, refuse when the news changed the plan, note what it sets out to make, act step by step, read
// back. On failure or cancel: read, compute the way back to what was there before, walk it, read again and name what is left.

import { AppError, isAppError } from '@/server/core/app-error'
import type { CommandResult } from '@/server/core/commands/command'
import { howItFailed } from '@/server/core/explain/command'
import { explainClaim } from '@/server/core/explain/claim'
import type { HostObservation } from '@/server/core/host/observation'
import type { HostState } from '@/server/core/host/host-state'
import { hostSubject } from '@/server/core/plan/subjects'
import type { HostPlan, Step } from '@/server/core/plan/plan'
import type { LeftoverFinding } from '@/server/core/plan/plan-params'
import { mergeMade, unsettled, type Made } from '@/server/core/plan/made'
import { CLAIMED, giveClaimBack, takeClaim } from '@/server/core/render/claim'
import type { UndoOutcome } from '@/server/core/plan/run-verdict'
import type { HostTiming } from '@/server/core/plan/run'
import { planUndo, type Undoing, type UndoPlan } from '@/server/core/plan/undo'
import type { Host } from '@/server/core/topology/kinds/host/host'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { MadeStore } from '@/server/effects/db/store'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { assertFresh, findNotConverged } from './check-host'
import type { HostManager } from './host-manager'
import type { HostMoves } from './move-gate'
import { isLeaseLost } from './operation-manager'
import type { RunLog } from './run-log'

export interface HostRunDeps {
  readonly hosts: Pick<HostManager, 'session' | 'observe'>
  readonly made: MadeStore
  readonly clock: Clock
  readonly log: Pick<RunLog, 'phase' | 'step'>
  readonly signal: AbortSignal
  /** Right before each command that changes the host: throws when the host is another run's by now. */
  readonly assertHeld: (isUndo: boolean) => Promise<void>
  /** Of another host in this console's design. */
  readonly nameOf: (hostId: string) => string | null
  /** All steps of this host are done; it is read back next. */
  readonly onStepsDone: () => Promise<void>
  readonly moves: HostMoves
}

export interface HostRunResult {
  readonly hostId: string
  readonly timing: HostTiming
  /** null when the host is as the design wants it. */
  readonly failure: { readonly error: Error; readonly step: Step | null; readonly undo: UndoOutcome | null } | null
  readonly leftovers: readonly LeftoverFinding[]
}

export async function runHost(deps: HostRunDeps, host: Host, plan: HostPlan, desired: HostState): Promise<HostRunResult> {
  const session = deps.hosts.session(host.id)
  await claim(deps, session, host)
  try {
    return await runClaimed(deps, session, host, plan, desired)
  } finally {
    // It ends by itself, too.
    await session.run(giveClaimBack(host.id)).catch(() => undefined)
  }
}

/** Before the reading that the run rests on: what another console makes after it would be seen by nobody. */
async function claim({ signal, nameOf }: HostRunDeps, session: HostSession, host: Host): Promise<void> {
  const { exitCode, stdout } = await session.runOrThrow(takeClaim(host.id), { signal })
  if (exitCode !== CLAIMED) return
  const id = stdout.trim()
  throw new AppError('busy', `${explainClaim(host.name, { id, name: nameOf(id) })}.`, { host: host.name })
}

async function runClaimed(deps: HostRunDeps, session: HostSession, host: Host, plan: HostPlan, desired: HostState): Promise<HostRunResult> {
  const watch = stopwatch(deps.clock)
  const before = await watch.time('observeMs', () => deps.hosts.observe(host.id, session))
  const earlier = unsettled(await deps.made.load(host.id), before)
  assertFresh(host, plan, desired, before, earlier)
  const made = mergeMade(earlier, plan.changes)
  await deps.made.save(host.id, made)
  const ended = (failure: HostRunResult['failure'], leftovers: readonly LeftoverFinding[] = []): HostRunResult => ({
    hostId: host.id,
    timing: { hostId: host.id, hostName: host.name, roundTrips: session.roundTrips, ...watch.total },
    failure,
    leftovers,
  })
  const done: { step: Step | null } = { step: null }
  try {
    for (const step of plan.steps) {
      done.step = step
      deps.signal.throwIfAborted()
      await deps.moves.before(step, deps.signal)
      await watch.time('executeMs', () => runStep(deps, session, host.id, step))
      deps.moves.after(step)
    }
    await deps.onStepsDone()
    const after = await watch.time('observeMs', () => deps.hosts.observe(host.id, session))
    done.step = null
    await deps.moves.agree()
    await settle(deps, made, after)
    const error = findNotConverged(host, desired, after)
    return ended(error && { error, step: null, undo: null })
  } catch (error) {
    deps.moves.fail()
    if (isLeaseLost(error)) {
      deps.moves.close()
      return ended({ error: toError(error), step: done.step, undo: { code: 'lost', params: {} } })
    }
    const { outcome, leftovers } = await undo(deps, session, host, { before, desired, changes: plan.changes, earlier })
    return ended({ error: toError(error), step: done.step, undo: outcome }, leftovers)
  }
}

/** What a reading shows gone or marked is no longer remembered. A memory that is kept too long does no harm: the next plan asks again. */
async function settle({ made: store }: Pick<HostRunDeps, 'made'>, made: readonly Made[], reading: HostObservation): Promise<void> {
  await store.save(reading.hostId, unsettled(made, reading)).catch(() => undefined)
}

async function runStep(deps: HostRunDeps, session: HostSession, hostId: string, step: Step, isUndo = false): Promise<CommandResult> {
  const record = { hostId, stepId: step.id, title: step.title, isUndo, startedAt: isoNow(deps.clock) }
  try {
    await deps.assertHeld(isUndo)
    await deps.log.step({ ...record, status: 'running', result: null })
    // An undo is not cancelled by the signal that caused it.
    const result = await session.run(step.command, isUndo ? {} : { signal: deps.signal })
    const isOk = (step.command.acceptedExitCodes ?? [0]).includes(result.exitCode ?? -1)
    await deps.log.step({ ...record, status: isOk ? 'done' : 'failed', result })
    if (!isOk) throw commandFailed(step, result)
    return result
  } catch (error) {
    // A journal that cannot be written either must not hide what failed first.
    if (!isAppError(error) || error.code !== 'command_failed')
      await deps.log.step({ ...record, status: 'failed', result: null }).catch(() => undefined)
    throw error
  }
}

function commandFailed(step: Step, result: CommandResult): AppError {
  const output = (result.stderr || result.stdout).trim().slice(0, 2000)
  return new AppError('command_failed', `${result.host}: "${step.title}" ${howItFailed(result)}: ${output || 'no output'}`, {
    host: result.host,
    argv: result.argv,
    exitCode: result.exitCode,
    stdout: result.stdout.slice(0, 4000),
    stderr: result.stderr.slice(0, 4000),
    durationMs: result.durationMs,
  })
}

/** Neither the journal nor the database may stand in its way. `leftovers`: what could not be taken back, or may not have been. */
async function undo(
  run: HostRunDeps,
  session: HostSession,
  host: Host,
  undoing: Undoing,
): Promise<{ readonly outcome: UndoOutcome; readonly leftovers: readonly LeftoverFinding[] }> {
  const deps = { ...run, log: unhindered(run.log) }
  try {
    await deps.log.phase('undoing')
    const after = await walkBack(deps, session, host, undoing)
    await settle(deps, mergeMade(undoing.earlier, undoing.changes), after)
    const { leftovers, unknown, hidden } = planUndo(host, undoing, after)
    return { outcome: outcomeOf(leftovers, unknown), leftovers: [...leftovers, ...hidden] }
  } catch (error) {
    if (isLeaseLost(error)) return { outcome: { code: 'lost', params: {} }, leftovers: [] }
    const { message } = toError(error)
    return {
      outcome: { code: 'unreadable', params: { said: message } },
      leftovers: [{ severity: 'error', subject: hostSubject(host), code: 'way-back-unread', params: { said: message } }],
    }
  } finally {
    run.moves.close()
  }
}

/** What is taken away may uncover more, as a bridge whose switch is dead does its device: so it is gone through twice where the first did not do. */
async function walkBack(deps: HostRunDeps, session: HostSession, host: Host, undoing: Undoing): Promise<HostObservation> {
  await deps.assertHeld(true)
  let reading = await deps.hosts.observe(host.id, session)
  deps.moves.seen(reading)
  for (let pass = 1; pass <= MAX_PASSES; pass++) {
    const { steps } = planUndo(host, undoing, reading)
    if (pass > 1 && steps.length === 0) break
    for (const [index, step] of steps.entries()) {
      // One stubborn step must not keep the others from being undone; the read-back tells what is left.
      await undoStep(deps, session, host.id, pass === 1 ? step : { ...step, id: `${host.name}/undo ${pass}/${index + 1}` }).catch(passOver)
    }
    reading = await deps.hosts.observe(host.id, session)
    deps.moves.seen(reading)
  }
  return reading
}

const MAX_PASSES = 2

async function undoStep(deps: HostRunDeps, session: HostSession, hostId: string, step: Step): Promise<void> {
  await deps.moves.before(step)
  await runStep(deps, session, hostId, step, true)
  deps.moves.undone(step)
}

function passOver(error: unknown): void {
  if (isLeaseLost(error)) throw error
}

function outcomeOf(leftovers: UndoPlan['leftovers'], unknown: UndoPlan['unknown']): UndoOutcome {
  if (unknown.length > 0) return { code: 'unread', params: { parts: unknown } }
  return { code: leftovers.length > 0 ? 'left' : 'undone', params: {} }
}

/**
 * A console that cannot write any more must not leave a host half built: the way back needs no journal, and does not wait for it, since a
 * database that somebody else has locked answers late.
 */
const unhindered = ({ phase, step }: HostRunDeps['log']): HostRunDeps['log'] => ({
  phase: async (each) => void phase(each).catch(() => undefined),
  step: async (each) => void step(each).catch(() => undefined),
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
