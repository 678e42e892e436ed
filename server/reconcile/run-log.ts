// The record of one run: every event is journalled before it is shown, and before the step it announces acts. What the
// process knows at any moment can be rebuilt from the journal.

import { boundStep } from '@/server/core/plan/bound-output'
import {
  withStep,
  type HostTiming,
  type Run,
  type RunEvent,
  type RunPhase,
  type RunStatus,
  type RunWait,
  type StepRecord,
  type StepStatus,
} from '@/server/core/plan/run'
import type { Leftover, RunVerdict } from '@/server/core/plan/run-verdict'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'

export interface RunLog {
  readonly run: Run
  /** Whom it waits for, when that is not what it last was. */
  waiting(waitsFor: readonly RunWait[]): Promise<void>
  /** Its turn has come. */
  begin(): Promise<void>
  phase(phase: RunPhase): Promise<void>
  step(step: StepRecord): Promise<void>
  /** Never fails. */
  finish(outcome: RunOutcome): Promise<Run>
}

interface RunOutcome {
  readonly status: Exclude<RunStatus, 'queued' | 'running'>
  readonly revision: number | null
  readonly leftovers: readonly Leftover[]
  readonly timings: readonly HostTiming[]
  readonly verdict: RunVerdict
}

interface RunLogDeps {
  readonly store: Store
  readonly clock: Clock
  readonly events: EventHub
}

type EventBody = RunEvent extends infer Event ? (Event extends RunEvent ? Omit<Event, 'runId' | 'seq' | 'at'> : never) : never

export async function openRunLog(deps: RunLogDeps, first: Run): Promise<RunLog> {
  let run = first
  let seq = 0
  // Hosts run in parallel: one writer at a time keeps `seq` without gaps.
  let tail: Promise<unknown> = Promise.resolve()

  /** `write`: false where another console has ended the run, whose word stands. */
  const append = (body: EventBody, write: (event: RunEvent) => Promise<boolean | void> = deps.store.runs.appendEvent): Promise<void> => {
    const written = tail.then(async () => {
      const event = { ...body, runId: run.id, seq: ++seq, at: isoNow(deps.clock) } as RunEvent
      if ((await write(event)) !== false) deps.events.publish({ type: 'run', event })
    })
    tail = written.catch(() => undefined)
    return written
  }

  await deps.store.runs.save(run)
  return {
    get run() {
      return run
    },
    waiting: async (waitsFor) => {
      if (run.phase === 'waiting' && JSON.stringify(waitsFor) === JSON.stringify(run.waitsFor)) return
      run = { ...run, phase: 'waiting', waitsFor }
      await deps.store.runs.save(run)
      await append({ type: 'waiting', waitsFor })
    },
    begin: async () => {
      run = { ...run, status: 'running', phase: 'observing', waitsFor: [], startedAt: isoNow(deps.clock) }
      await deps.store.runs.save(run)
      await append({ type: 'phase', phase: 'observing' })
    },
    phase: (phase) => {
      run = { ...run, phase, waitsFor: [] }
      return append({ type: 'phase', phase })
    },
    step: (printed) => {
      const step = boundStep(printed)
      run = { ...run, steps: withStep(run.steps, step) }
      return append({ type: 'step', step })
    },
    finish: async (outcome) => {
      run = { ...run, ...outcome, phase: 'done', waitsFor: [], finishedAt: isoNow(deps.clock) }
      const { plan: _, ...summary } = run
      await append({ type: 'finished', run: summary }, (event) => deps.store.runs.finish(run, event))
      return run
    },
  }
}

/** Steps of a plan before anything ran. */
export const waitingSteps = (plan: Run['plan']): StepRecord[] =>
  plan.hosts.flatMap((host) =>
    host.steps.map((step) => ({
      hostId: host.hostId,
      stepId: step.id,
      title: step.title,
      isUndo: false,
      status: 'waiting' as StepStatus,
      result: null,
      startedAt: null,
    })),
  )
