// The events of a run → its record so far. A step's record replaces the earlier one, so folding an event twice changes
// nothing: after a lost connection the stream may repeat itself.

import { isRunOpen, withStep, type Run, type RunEvent, type StepRecord } from '@/server/core/plan/run'

export function foldRun(run: Run, event: RunEvent): Run {
  if (event.runId !== run.id) return run
  switch (event.type) {
    case 'phase':
      return isRunOpen(run) ? { ...run, status: 'running', phase: event.phase, waitsFor: [] } : run
    case 'waiting':
      return isRunOpen(run) ? { ...run, phase: 'waiting', waitsFor: event.waitsFor } : run
    case 'step':
      return { ...run, steps: withStep(run.steps, event.step) }
    case 'finished':
      return { ...event.run, plan: run.plan }
  }
}

export interface HostSteps {
  readonly hostId: string
  readonly hostName: string
  readonly forward: readonly StepRecord[]
  readonly undo: readonly StepRecord[]
}

/** Per host, in the plan's order; steps that have no record yet are waiting. */
export function stepsByHost(run: Pick<Run, 'steps' | 'plan' | 'status'>): readonly HostSteps[] {
  return run.plan.hosts
    .filter((host) => host.steps.length > 0 || run.steps.some((step) => step.hostId === host.hostId))
    .map((host) => {
      const own = run.steps.filter((step) => step.hostId === host.hostId)
      const planned = host.steps.map((step) =>
        shownAs(run, own.find((each) => !each.isUndo && each.stepId === step.id) ?? notYet(host.hostId, step.id, step.title)),
      )
      return { hostId: host.hostId, hostName: host.hostName, forward: planned, undo: own.filter((step) => step.isUndo) }
    })
}

const notYet = (hostId: string, stepId: string, title: string): StepRecord => ({
  hostId,
  stepId,
  title,
  isUndo: false,
  status: 'waiting',
  result: null,
  startedAt: null,
})

/** What a run that is over did not come to waits for nothing. */
const shownAs = (run: Pick<Run, 'status'>, step: StepRecord): StepRecord =>
  step.status === 'waiting' && !isRunOpen(run) ? { ...step, status: 'skipped' } : step
