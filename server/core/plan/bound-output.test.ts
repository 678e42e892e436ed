import { expect, it } from 'vitest'
import { explainOutput } from '../explain/output'
import { boundStep, KEPT_CHARACTERS } from './bound-output'
import type { StepRecord } from './run'

const stepThat = (stdout: string, stderr = ''): StepRecord => ({
  hostId: 'h',
  stepId: 's',
  title: 'a step',
  isUndo: false,
  status: 'done',
  startedAt: null,
  result: { host: 'cmp1', argv: ['x'], exitCode: 0, stdout, stderr, durationMs: 1, isTruncated: false },
})

it('keeps what is short as it is', () => {
  for (const step of [stepThat(''), stepThat('x'.repeat(2 * KEPT_CHARACTERS), 'y'), { ...stepThat(''), result: null }])
    expect(boundStep(step)).toEqual(step)
})

it('keeps the beginning and the end of what is long, says how much is missing, and is not cut twice', () => {
  const cut = boundStep(stepThat(`first${'"'.repeat(1_000_000)}last`))
  expect(cut.result?.stdout).toMatch(/^first"+\n… 996009 …\n"+last$/)
  expect(explainOutput(cut.result!.stdout, cut.result!)).toMatch(/^first"+\n… 996009 characters are left out …\n"+last$/)
  expect(cut.result?.isTruncated).toBe(true)
  expect(JSON.stringify(cut).length).toBeLessThan(30_000)
  expect(boundStep(cut)).toEqual(cut)
})
