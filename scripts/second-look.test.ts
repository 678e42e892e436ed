import { expect, it } from 'vitest'
import { noTests, printTally, type FileTally } from './report'
import { lookAgain } from './second-look'

const file = (name: string | null, passed: number, failures: readonly string[] = []): FileTally => ({
  ...noTests,
  file: name,
  seconds: 1,
  passed,
  failed: failures.length,
  failures,
})
const never = () => Promise.reject(new Error('looked again'))
const first = [file('a', 3), file('b', 1, ['b: late'])]

it('counts what passes alone as passed, and names it', async () => {
  const total = await lookAgain(first, async (files) => files.map((name) => file(name, 2)))
  expect(total).toMatchObject({ passed: 5, failed: 0, unsteady: ['b: late'] })
  expect(printTally(total)).toBe(
    '~ passed alone: b: late\n5 passed, 0 failed, 0 skipped; 1 of what passed failed before, beside the other stages',
  )
})

it('keeps what fails again as it failed alone', async () => {
  const total = await lookAgain(first, async () => [file('b', 1, ['b: wrong'])])
  expect(total).toMatchObject({ passed: 4, failed: 1, failures: ['b: wrong'], unsteady: [] })
})

it.each([
  ['nothing failed', [file('a', 3)]],
  ['something failed that is in no file', [...first, file(null, 0, ['no lab'])]],
  ['too much failed', ['a', 'b', 'c', 'd', 'e'].map((name) => file(name, 0, [name]))],
])('does not look again where %s', async (_, tallies) => {
  expect((await lookAgain(tallies, never)).failed).toBe(tallies.filter(({ failed }) => failed > 0).length)
})

it.each([
  ['nothing', []],
  ['another file', [file('a', 3)]],
  ['less of the file', [file('b', 1)]],
])('does not take a second look that ran %s for a good one', async (_, again) => {
  expect(await lookAgain(first, async () => again)).toMatchObject({ failed: 1, failures: ['b: late'], unsteady: [] })
})
