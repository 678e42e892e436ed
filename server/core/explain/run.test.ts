import { describe, expect, it } from 'vitest'

import { failedRun, queuedRun, restingRun, runningRun, succeededRun } from './specimens/runs'

import {
  explainCancel,
  explainExit,
  explainFailure,
  explainLeftovers,
  explainProgress,
  explainSteps,
  explainWaits,
  progressOf,
} from './run'

describe('run', () => {
  it('says how far it is, and where', () => {
    expect(progressOf(runningRun.steps)).toEqual({ done: 14, total: 19 })
    expect(explainProgress(runningRun)).toBe('Changing the hosts: 14 of 19 steps done, running on cmp1')
    expect(explainProgress({ ...runningRun, phase: 'reading-back' })).toBe('Reading back')
    expect(explainProgress(succeededRun)).toBe('Succeeded')
    expect(explainProgress(queuedRun)).toBe('Queued')
    expect(explainProgress(restingRun)).toBe('Waiting for a run beside it')
  })

  it('sums up the steps of a host', () => {
    expect(explainSteps(runningRun.steps)).toBe('14 of 19 done')
    expect(explainSteps(failedRun.steps.filter((step) => !step.isUndo))).toBe('14 of 19 done, 1 failed, 4 skipped')
    expect(explainSteps([])).toBe('0 of 0 done')
  })

  it.each([
    [queuedRun.waitsFor.slice(0, 1), 'Waits for cmp1, which run 99990000 is changing.'],
    [queuedRun.waitsFor.slice(1), 'Waits for cmp2, which run 77770000 has asked for before it.'],
    [queuedRun.waitsFor, 'Waits for cmp1, which run 99990000 is changing, and for 1 other host.'],
    [[queuedRun.waitsFor[0]!, { ...queuedRun.waitsFor[0]!, hostName: 'net1' }], 'Waits for cmp1 and net1, which run 99990000 is changing.'],
    [[], 'Waits for its turn.'],
  ])('says what it waits for', (waits, expected) => {
    expect(explainWaits(waits)).toBe(expected)
  })

  it('says what cancelling leaves', () => {
    expect(explainCancel(queuedRun)).toBe('It waits, and has changed nothing. It is taken out of the queue.')
    expect(explainCancel(restingRun)).toBe(
      'Its hosts are done and stay as they are now. No revision is recorded; the next plan goes on from what is there.',
    )
    expect(explainCancel(runningRun)).toBe(
      '1 running command will be ended at once. What was done so far (14 steps on cmp1 and cmp2) is undone, then the hosts are read back. Whatever could not be undone is listed by name.',
    )
    expect(explainCancel({ ...runningRun, steps: [] })).toBe(
      'No command is running. Nothing was changed yet, so nothing needs to be undone.',
    )
  })

  it('reports a failure: what, where, undone, left, next', () => {
    const report = explainFailure(failedRun)
    expect(report.what).toBe('“br-int: write 6 flows” failed on cmp1: exit code 1 after 184 ms.')
    expect(report.undone).toEqual(['3 undo steps ran on cmp1 and cmp2; 1 undo step failed.', 'Read back: 1 thing left on cmp2.'])
    expect(report.next).toBe('Plan again: the new plan removes what is left, or continues from it.')
    expect(report.failed.map((step) => step.stepId)).toEqual(['cmp1/4', 'cmp2/undo/1'])
  })

  it('says of a run that ended in the queue what to do next, and nothing of a way back', () => {
    const refused = explainFailure({
      ...queuedRun,
      status: 'failed',
      verdict: { code: 'refused', params: { stale: { code: 'design-moved', params: {} } } },
    })
    expect(refused).toMatchObject({
      what: 'Nothing was done. The design changed since this plan was made. Make a new plan.',
      undone: [],
      next: 'A new plan starts from how things are now.',
    })
    expect(explainFailure({ ...queuedRun, status: 'cancelled', verdict: { code: 'cancelled-queued', params: {} } })).toMatchObject({
      undone: [],
      next: 'The design still holds the changes. Plan again when you are ready.',
    })
  })

  it('names the end of a command that was cut off', () => {
    const step = { ...failedRun.steps[3]!, result: { ...failedRun.steps[3]!.result!, exitCode: null } }
    expect(explainExit(step)).toBe('ended by a lost connection or a time-out after 184 ms')
  })

  it('is content when a way back left nothing, and does not know what a run left that was broken off', () => {
    const steps = failedRun.steps.filter(({ isUndo }) => !isUndo)
    expect(explainLeftovers({ leftovers: [], steps: failedRun.steps })).toBe('Read back: nothing of this run is left on the hosts.')
    expect(explainLeftovers({ leftovers: [], steps: steps.map((step) => ({ ...step, status: 'waiting' })) })).toBe(
      'Read back: nothing of this run is left on the hosts.',
    )
    expect(explainLeftovers({ leftovers: [], steps })).toBe('The next plan reads what of this run is on the hosts.')
  })
})
