import { expect, it } from 'vitest'
import { add, noTests, oneTest, printTally, readPlaywright, readVitest } from './report'

it('adds stages up, and names what failed above the last line', () => {
  const total = [oneTest('types', true), oneTest('lint', false)].reduce(add, noTests)
  expect(printTally(total)).toBe('✗ lint\n1 passed, 1 failed, 0 skipped')
})

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, success: false, testResults: [] }

it('counts a test file that does not load as a failure', () => {
  const testResults = [{ name: 'a.test.ts', status: 'failed', message: 'No such module', assertionResults: [] }]
  expect(readVitest({ ...vitest, testResults })).toEqual({ passed: 3, failed: 1, skipped: 2, failures: ['a.test.ts\n    No such module'] })
})

it('names a failed test with the beginning of why, without colours', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'well', failureMessages: [] },
    { status: 'failed', fullName: 'ill', failureMessages: ['\u001b[31mone\u001b[39m\n2\n3\n4\n5'] },
  ]
  const testResults = [{ name: 'b.test.ts', status: 'failed', message: '', assertionResults }]
  expect(readVitest({ ...vitest, numFailedTests: 1, testResults }).failures).toEqual(['b.test.ts: ill\n    one\n    2\n    3\n    4'])
})

it('counts flaky browser tests and errors outside tests as failures', () => {
  const test = (status: string) => ({ status, results: [{ errors: [{ message: 'too late' }] }] })
  const specs = ['expected', 'unexpected', 'flaky'].map((status) => ({ title: status, file: 'a.spec.ts', tests: [test(status)] }))
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [new Error('no browser')], suites: [{ suites: [{ specs }] }] }
  expect(readPlaywright(report)).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
    failures: ['a.spec.ts: unexpected\n    too late', 'a.spec.ts: flaky\n    too late', 'outside of the stories\n    no browser'],
  })
})
