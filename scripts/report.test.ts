import { expect, it } from 'vitest'
import { add, noTests, oneTest, printTally, readPlaywright, readVitest } from './report'

it('adds stages up', () => {
  expect(printTally(add(add(noTests, oneTest(true)), oneTest(false)))).toBe('1 passed, 1 failed, 0 skipped')
})

it('counts a test file that does not load as a failure', () => {
  const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, numFailedTestSuites: 1, success: false }
  expect(readVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

it('counts flaky browser tests and errors outside tests as failures', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [new Error('no browser')] }
  expect(readPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 2 })
})
