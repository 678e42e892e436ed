// Adds up what the files of a test run counted, and prints what people and CI read last: each failure by its name, then one line.

export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, with the beginning of why. A run takes long and prints much: this must not be looked for. */
  readonly failures: readonly string[]
  /** What failed beside the other stages and passed alone (second-look.ts), told in the same way. */
  readonly unsteady: readonly string[]
}

/** What one test file counted; null for what belongs to no file. */
export interface FileTally extends Tally {
  readonly file: string | null
  /** By the wall clock, with what the file prepares and clears away. */
  readonly seconds: number
}

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0, failures: [], unsteady: [] }

export const add = (left: Tally, right: Tally): Tally => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
  failures: [...left.failures, ...right.failures],
  unsteady: [...left.unsteady, ...right.unsteady],
})

export const sum = (tallies: readonly Tally[]): Tally => tallies.reduce(add, noTests)

export function printTally({ passed, failed, skipped, failures, unsteady }: Tally): string {
  const rest = unsteady.length === 0 ? '' : `; ${unsteady.length} of what passed failed before, beside the other stages`
  return [
    ...unsteady.map((failure) => `~ passed alone: ${failure}`),
    ...failures.map((failure) => `✗ ${failure}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped${rest}`,
  ].join('\n')
}

/** A stage without counts of its own is one test. */
export const oneTest = (title: string, isOk: boolean): FileTally => ({
  ...noTests,
  file: null,
  seconds: 0,
  ...(isOk ? { passed: 1 } : { failed: 1, failures: [title] }),
})

const WHY_LINES = 4
const WHY_CHARACTERS = 600

const failure = (title: string, messages: readonly string[]): string => {
  // oxlint-disable-next-line no-control-regex -- colours
  const why = messages.join('\n').replace(/\u001b\[[0-9;]*m/g, '')
  return [title, ...why.split('\n').slice(0, WHY_LINES)].join('\n    ').slice(0, WHY_CHARACTERS)
}

interface VitestFile {
  /** Of the file. */
  readonly name: string
  readonly status: string
  readonly message: string
  /** Milliseconds since 1970. */
  readonly startTime: number
  readonly endTime: number
  readonly assertionResults: readonly {
    readonly status: string
    readonly fullName: string
    readonly failureMessages?: readonly string[] | null
  }[]
}

interface VitestReport {
  readonly testResults: readonly VitestFile[]
}

/** vitest --reporter=json. */
export const readVitest = ({ testResults }: VitestReport): readonly FileTally[] => testResults.map(readVitestFile)

/** A file that cannot be loaded, or a hook that throws, fails no test, but fails. */
function readVitestFile({ name, status, message, assertionResults, startTime, endTime }: VitestFile): FileTally {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  const failures = failed.map(({ fullName, failureMessages }) => failure(`${name}: ${fullName}`, failureMessages ?? []))
  if (failures.length === 0 && status === 'failed') failures.push(failure(name, [message]))
  const passed = assertionResults.filter((test) => test.status === 'passed').length
  const skipped = assertionResults.length - passed - failed.length
  return { file: name, seconds: (endTime - startTime) / 1000, passed, failed: failures.length, skipped, failures, unsteady: [] }
}

interface PlaywrightResult {
  /** Milliseconds. */
  readonly duration: number
  readonly errors: readonly { readonly message?: string }[]
}

interface PlaywrightSpec {
  readonly title: string
  readonly file: string
  readonly tests: readonly {
    readonly status: string
    readonly results: readonly PlaywrightResult[]
  }[]
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly PlaywrightSpec[]
}

interface PlaywrightReport {
  readonly errors: readonly { readonly message?: string }[]
  readonly suites: readonly PlaywrightSuite[]
}

const specsIn = ({ suites = [], specs = [] }: PlaywrightSuite): readonly PlaywrightSpec[] => [...specs, ...suites.flatMap(specsIn)]

/** playwright --reporter=json. A flaky test passed only the second time: it counts as failed. */
export function readPlaywright({ errors, suites }: PlaywrightReport): readonly FileTally[] {
  const specs = suites.flatMap(specsIn)
  const files = [...new Set(specs.map(({ file }) => file))].map((file): FileTally => ({
    file,
    seconds: secondsOf(specs.filter((spec) => spec.file === file)),
    ...sum(specs.filter((spec) => spec.file === file).map(readSpec)),
  }))
  return [...files, ...errors.map(({ message = '' }) => oneTest(failure('outside of the tests', [message]), false))]
}

const secondsOf = (specs: readonly PlaywrightSpec[]): number =>
  specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results)).reduce((all, { duration }) => all + duration, 0) / 1000

function readSpec({ title, file, tests }: PlaywrightSpec): Tally {
  const of = (...statuses: string[]) => tests.filter(({ status }) => statuses.includes(status))
  const failed = of('unexpected', 'flaky')
  const failures = failed.map(({ results }) =>
    failure(
      `${file}: ${title}`,
      results.flatMap(({ errors }) => errors.map(({ message = '' }) => message)),
    ),
  )
  return { passed: of('expected').length, failed: failed.length, skipped: of('skipped').length, failures, unsteady: [] }
}
