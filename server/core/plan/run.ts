// What happens while a plan is applied: the run's record, and the events that are streamed and journalled. JSON.

import type { CommandResult } from '../commands/command'
import type { Plan } from './plan'
import type { Leftover, RunVerdict } from './run-verdict'

export type RunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled'
export type RunPhase = 'observing' | 'executing' | 'undoing' | 'reading-back' | 'done'
export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'undone'

export interface StepRecord {
  readonly hostId: string
  readonly stepId: string
  readonly title: string
  readonly isUndo: boolean
  readonly status: StepStatus
  readonly result: CommandResult | null
  readonly startedAt: string | null
}

export interface HostTiming {
  readonly hostId: string
  readonly hostName: string
  readonly roundTrips: number
  readonly executeMs: number
  readonly observeMs: number
}

export interface Run {
  readonly id: string
  readonly planId: string
  readonly status: RunStatus
  readonly phase: RunPhase
  readonly startedAt: string
  readonly finishedAt: string | null
  /** Set when the run succeeded: the immutable revision it made. */
  readonly revision: number | null
  readonly steps: readonly StepRecord[]
  readonly leftovers: readonly Leftover[]
  readonly timings: readonly HostTiming[]
  readonly verdict: RunVerdict | null
  readonly plan: Plan
}

/** Streamed to the browser; `seq` grows by one per run, so a reconnect loses nothing. */
export type RunEvent = { readonly runId: string; readonly seq: number; readonly at: string } & (
  | { readonly type: 'phase'; readonly phase: RunPhase }
  | { readonly type: 'step'; readonly step: StepRecord }
  | { readonly type: 'finished'; readonly run: Omit<Run, 'plan'> }
)

/** The record of a step in place of the earlier one, so that an event that is told twice changes nothing. */
export function withStep(steps: readonly StepRecord[], step: StepRecord): readonly StepRecord[] {
  const index = steps.findIndex((each) => each.hostId === step.hostId && each.stepId === step.stepId && each.isUndo === step.isUndo)
  return index < 0 ? [...steps, step] : steps.with(index, step)
}
