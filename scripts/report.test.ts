import { expect, it } from 'vitest'
import { oneTest, printTally, readPlaywright, readVitest, sum } from './report'

it('adds stages up, and names what failed above the last line', () => {
  expect(printTally(sum([oneTest('types', true), oneTest('lint', false)]))).toBe('✗ lint\n1 passed, 1 failed, 0 skipped')
})

const ofFile = { passed: 0, skipped: 0, unsteady: [] }

it('counts a test file that does not load as a failure', () => {
  const testResults = [
    { name: 'a.test.ts', status: 'failed', message: 'No such module', assertionResults: [], startTime: 1000, endTime: 1500 },
  ]
  expect(readVitest({ testResults })).toEqual([
    { ...ofFile, file: 'a.test.ts', seconds: 0.5, failed: 1, failures: ['a.test.ts\n    No such module'] },
  ])
})

it('names a failed test with the beginning of why, without colours', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'well', failureMessages: [] },
    { status: 'pending', fullName: 'not now', failureMessages: [] },
    { status: 'failed', fullName: 'ill', failureMessages: ['\u001b[31mone\u001b[39m\n2\n3\n4\n5'] },
  ]
  const testResults = [{ name: 'b.test.ts', status: 'failed', message: '', assertionResults, startTime: 0, endTime: 2500 }]
  expect(readVitest({ testResults })).toEqual([
    {
      file: 'b.test.ts',
      seconds: 2.5,
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: ['b.test.ts: ill\n    one\n    2\n    3\n    4'],
      unsteady: [],
    },
  ])
})

it('counts flaky browser tests and errors outside tests as failures', () => {
  const test = (status: string) => ({ status, results: [{ duration: 250, errors: [{ message: 'too late' }] }] })
  const specs = ['expected', 'unexpected', 'flaky', 'skipped'].map((status) => ({
    title: status,
    file: 'a.spec.ts',
    tests: [test(status)],
  }))
  expect(readPlaywright({ errors: [new Error('no browser')], suites: [{ suites: [{ specs }] }] })).toEqual([
    {
      file: 'a.spec.ts',
      seconds: 1,
      passed: 1,
      failed: 2,
      skipped: 1,
      failures: ['a.spec.ts: unexpected\n    too late', 'a.spec.ts: flaky\n    too late'],
      unsteady: [],
    },
    { ...ofFile, file: null, seconds: 0, failed: 1, failures: ['outside of the tests\n    no browser'] },
  ])
})
