// A run in sentences: where it stands, what cancelling leaves, what failed and what to do next.

import type { HostPlan } from '../plan/plan'
import type { Run, RunPhase, RunStatus, RunWait, StepRecord, StepStatus } from '../plan/run'
import type { Leftover } from '../plan/run-verdict'
import { explainArgv } from './command'
import { explainRunVerdict } from './run-verdict'
import { duration, joinSome, joinWords, plural, shortRun } from './words'

export const phaseWord: Record<RunPhase, string> = {
  waiting: 'Waiting',
  observing: 'Reading the hosts',
  executing: 'Changing the hosts',
  undoing: 'Undoing',
  'reading-back': 'Reading back',
  done: 'Done',
}

export const runStatusWord: Record<RunStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const stepStatusWord: Record<StepStatus, string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
}

const isOver = (step: StepRecord): boolean => step.status !== 'waiting' && step.status !== 'running'

/** "Waits for cmp1 and cmp2, which run 1a2b3c4d is changing." Of several runs the first one is named. */
export function explainWaits(waits: readonly RunWait[]): string {
  const [first] = waits
  if (!first) return 'Waits for its turn.'
  const { runId, isChanging } = first
  const same = waits.filter((wait) => wait.runId === runId && wait.isChanging === isChanging)
  const others = waits.length - same.length
  const what = isChanging ? 'is changing' : 'has asked for before it'
  const rest = others === 0 ? '' : `, and for ${plural(others, 'other host')}`
  return `Waits for ${joinSome(same.map(({ hostName }) => hostName))}, which run ${shortRun(runId)} ${what}${rest}.`
}

/** What is on its page beside whom it waits for. */
export const explainQueued = ({ status }: Pick<Run, 'status'>): string =>
  status === 'queued'
    ? 'Nothing was done yet. It begins by itself when its hosts are free, if the plan still holds then.'
    : 'Its own hosts are done. The plan leaves the others to that run; a revision is recorded when they are done, too.'

export interface Progress {
  readonly done: number
  readonly total: number
}

/** Forward steps only; undo steps are counted apart. */
export function progressOf(steps: readonly StepRecord[], isUndo = false): Progress {
  const counted = steps.filter((step) => step.isUndo === isUndo)
  return { done: counted.filter(isOver).length, total: counted.length }
}

/** What came of the steps of one host: "4 of 6 done", "3 of 6 done, 1 failed, 2 skipped". */
export function explainSteps(steps: readonly StepRecord[]): string {
  const count = (status: StepStatus) => steps.filter((step) => step.status === status).length
  const rest = (['failed', 'skipped'] as const).flatMap((status) =>
    count(status) > 0 ? [`${count(status)} ${stepStatusWord[status]}`] : [],
  )
  const done = count('done')
  return [...(done > 0 || rest.length === 0 ? [`${done} of ${steps.length} done`] : []), ...rest].join(', ')
}

/** "Changing the hosts: step 4 of 14, running on cmp1". */
export function explainProgress(run: Pick<Run, 'phase' | 'status' | 'steps' | 'plan'>): string {
  if (run.status !== 'running') return runStatusWord[run.status]
  if (run.phase === 'waiting') return 'Waiting for a run beside it'
  const isUndo = run.phase === 'undoing'
  if (run.phase !== 'executing' && !isUndo) return phaseWord[run.phase]
  const { done, total } = progressOf(run.steps, isUndo)
  const hosts = new Set(run.steps.filter((step) => step.status === 'running').map((step) => hostNameOf(run.plan.hosts, step.hostId)))
  const where = hosts.size === 0 ? '' : `, running on ${joinWords([...hosts])}`
  return `${phaseWord[run.phase]}: ${done} of ${total} steps done${where}`
}

/** What the cancel dialog says before anything is cancelled. */
export function explainCancel(run: Pick<Run, 'steps' | 'plan' | 'status' | 'phase'>): string {
  if (run.status === 'queued') return 'It waits, and has changed nothing. It is taken out of the queue.'
  if (run.phase === 'waiting')
    return 'Its hosts are done and stay as they are now. No revision is recorded; the next plan goes on from what is there.'
  const done = run.steps.filter((step) => !step.isUndo && step.status === 'done')
  const running = run.steps.filter((step) => step.status === 'running')
  const finish = running.length === 0 ? 'No command is running.' : `${plural(running.length, 'running command')} will be ended at once.`
  if (done.length === 0 && running.length === 0) return `${finish} Nothing was changed yet, so nothing needs to be undone.`
  const hosts = [...new Set([...done, ...running].map((step) => hostNameOf(run.plan.hosts, step.hostId)))]
  return `${finish} What was done so far (${plural(done.length, 'step')} on ${joinSome(hosts)}) is undone, then the hosts are read back. Whatever could not be undone is listed by name.`
}

export interface FailureReport {
  /** What and where, in one sentence. */
  readonly what: string
  readonly failed: readonly StepRecord[]
  /** What came of the way back; nothing where no host was touched. */
  readonly undone: readonly string[]
  readonly leftovers: readonly Leftover[]
  readonly next: string
}

export function explainFailure(run: Run): FailureReport {
  const failed = run.steps.filter((step) => step.status === 'failed')
  const undoSteps = run.steps.filter((step) => step.isUndo)
  return {
    what: run.verdict ? explainRunVerdict(run.verdict) : whatFailed(run, failed),
    failed,
    undone: hasNotBegun(run) ? [] : [explainUndone(run, undoSteps), explainLeftovers(run)],
    leftovers: run.leftovers,
    next: whatNext(run, failed),
  }
}

/** It ended before its turn, or at it: nothing was read or changed. */
const hasNotBegun = ({ verdict }: Run): boolean => verdict?.code === 'refused' || verdict?.code === 'cancelled-queued'

function whatFailed(run: Run, failed: readonly StepRecord[]): string {
  if (run.status === 'cancelled') return 'The run was cancelled.'
  const first = failed.find((step) => !step.isUndo) ?? failed[0]
  if (first === undefined) return 'The run failed before any command was sent.'
  const command = first.result === null ? '' : `: ${explainExit(first)}`
  return `“${first.title}” failed on ${hostNameOf(run.plan.hosts, first.hostId)}${command}.`
}

/** "exit code 1 after 340 ms". */
export function explainExit(step: StepRecord): string {
  const result = step.result
  if (result === null) return 'no result'
  const how = result.exitCode === null ? `ended by ${result.signal ?? 'a lost connection or a time-out'}` : `exit code ${result.exitCode}`
  return `${how} after ${duration(result.durationMs)}`
}

export const explainStepCommand = (step: StepRecord): string | null => (step.result === null ? null : explainArgv(step.result.argv))

function explainUndone(run: Run, undoSteps: readonly StepRecord[]): string {
  const done = run.steps.filter((step) => !step.isUndo && step.status === 'done')
  if (undoSteps.length === 0) return done.length === 0 ? 'Nothing was changed, so nothing was undone.' : 'Nothing was undone.'
  const failed = undoSteps.filter((step) => step.status === 'failed').length
  const hosts = [...new Set(undoSteps.map((step) => hostNameOf(run.plan.hosts, step.hostId)))]
  const count = undoSteps.filter((step) => step.status === 'done').length
  const head = `${plural(count, 'undo step')} ran on ${joinSome(hosts)}`
  return failed === 0 ? `${head}.` : `${head}; ${plural(failed, 'undo step')} failed.`
}

/** That nothing is left is told by a way back alone: a run that was broken off, or kept what it did, was not taken back. */
export function explainLeftovers({ leftovers, steps }: Pick<Run, 'leftovers' | 'steps'>): string {
  if (leftovers.length > 0)
    return `Read back: ${plural(leftovers.length, 'thing')} left on ${joinSome([...new Set(leftovers.map((each) => each.hostName))])}.`
  const isUntouched = steps.every(({ isUndo, status }) => isUndo || status === 'waiting')
  return isUntouched || steps.some(({ isUndo }) => isUndo)
    ? 'Read back: nothing of this run is left on the hosts.'
    : 'The next plan reads what of this run is on the hosts.'
}

function whatNext(run: Run, failed: readonly StepRecord[]): string {
  if (run.leftovers.length > 0) return 'Plan again: the new plan removes what is left, or continues from it.'
  if (run.verdict?.code === 'refused') return 'A new plan starts from how things are now.'
  if (run.status === 'cancelled') return 'The design still holds the changes. Plan again when you are ready.'
  if (failed.some((step) => step.result?.exitCode === null)) return 'Check that the host answers (Hosts → Probe), then plan again.'
  return 'Read the output above, remove the cause, then plan again. The design still holds the changes.'
}

export const hostNameOf = (hosts: readonly Pick<HostPlan, 'hostId' | 'hostName'>[], hostId: string): string =>
  hosts.find((host) => host.hostId === hostId)?.hostName ?? hostId
