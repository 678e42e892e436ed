// Adds up what the stages of a test run counted, and prints what people and CI read last: each failure by its name, then one line.

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, with the beginning of why. A run takes long and prints much: this must not be looked for. */
  readonly failures: readonly string[]
}

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] }

export const add = (left: Tally, right: Tally): Tally => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
  failures: [...left.failures, ...right.failures],
})

export const printTally = ({ passed, failed, skipped, failures }: Tally): string =>
  [...failures.map((failure) => `✗ ${failure}`), `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n')

/** A stage without counts of its own is one test. */
export const oneTest = (title: string, isOk: boolean): Tally => (isOk ? { ...noTests, passed: 1 } : { ...noTests, failed: 1, failures: [title] })

const WHY_LINES = 4
const WHY_CHARACTERS = 600

const failure = (title: string, messages: readonly string[]): string => {
  // oxlint-disable-next-line no-control-regex -- colours
  const why = messages.join('\n').replace(/\u001b\[[0-9;]*m/g, '')
  return [title, ...why.split('\n').slice(0, WHY_LINES)].join('\n    ').slice(0, WHY_CHARACTERS)
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
  readonly testResults: readonly {
    /** Of the file. */
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly failureMessages?: readonly string[] | null }[]
  }[]
}

/** vitest --reporter=json. A file that cannot be loaded, or a hook that throws, fails no test, but fails. */
export function readVitest(report: VitestReport): Tally {
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed')
    const named = tests.map(({ fullName, failureMessages }) => failure(`${name}: ${fullName}`, failureMessages ?? []))
    return named.length === 0 && status === 'failed' ? [failure(name, [message])] : named
  })
  const failed = report.numFailedTests
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  }
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly file: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[]
    }[]
  }[]
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number }
  readonly errors: readonly { readonly message?: string }[]
  readonly suites: readonly PlaywrightSuite[]
}

const messagesOf = (errors: readonly { readonly message?: string }[]): string[] => errors.map(({ message = '' }) => message)

const failuresIn = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
  ...suites.flatMap(failuresIn),
  ...specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => failure(`${file}: ${title}`, messagesOf(results.flatMap(({ errors }) => errors)))),
  ),
]

/** playwright --reporter=json. A flaky test passed only the second time: it counts as failed. */
export function readPlaywright({ stats, errors, suites }: PlaywrightReport): Tally {
  const failures = [...suites.flatMap(failuresIn), ...messagesOf(errors).map((message) => failure('outside of the stories', [message]))]
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped, failures }
}
