// What happens while a plan is applied: the run's record, and the events that are streamed and journalled. JSON.

import type { CommandResult } from '../commands/command'
import type { Plan } from './plan'
import type { Leftover, RunVerdict } from './run-verdict'

/** `queued`: it waits for hosts that other runs change (core/operation). */
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'
/** `waiting`: for the hosts before anything is done, or for runs that this one rests on before a revision is recorded. */
export type RunPhase = 'waiting' | 'observing' | 'executing' | 'undoing' | 'reading-back' | 'done'
export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped'

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

/** What a run waits for: a host, and the run that changes it, or is before this one there. */
export interface RunWait {
  readonly hostId: string
  readonly hostName: string
  readonly runId: string
  readonly actor: string
  /** Since when that run has the host, or waits for it itself. */
  readonly since: string
  readonly isChanging: boolean
}

/** Asked for and not ended. */
export const isRunOpen = ({ status }: { readonly status: RunStatus }): boolean => status === 'queued' || status === 'running'

export interface Run {
  readonly id: string
  readonly planId: string
  readonly status: RunStatus
  readonly phase: RunPhase
  /** Who applied the plan. */
  readonly actor: string
  readonly waitsFor: readonly RunWait[]
  /** What it makes of each host that it changes, as a digest of the desired state: a plan that wants the same there can rest on this run. */
  readonly desiredDigests: Readonly<Record<string, string>>
  /** While it is queued, when it was asked for. */
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
  | { readonly type: 'waiting'; readonly waitsFor: readonly RunWait[] }
  | { readonly type: 'step'; readonly step: StepRecord }
  | { readonly type: 'finished'; readonly run: Omit<Run, 'plan'> }
)

/** The record of a step in place of the earlier one, so that an event that is told twice changes nothing. */
export function withStep(steps: readonly StepRecord[], step: StepRecord): readonly StepRecord[] {
  const index = steps.findIndex((each) => each.hostId === step.hostId && each.stepId === step.stepId && each.isUndo === step.isUndo)
  return index < 0 ? [...steps, step] : steps.with(index, step)
}
