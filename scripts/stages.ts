// The stages of a check or a test run. Each is a program run with its output shown when it fails, and a count.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { keepStage } from './end-stages'
import { oneTest, readPlaywright, readVitest, sum, type FileTally } from './report'
import { say } from './progress'
import { spent } from './time-spent'

const bin = (name: string): string => join('node_modules', '.bin', name)

interface Outcome {
  readonly isOk: boolean
  readonly output: string
}

export function runProgram(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    // A group of its own: ended as a whole, with the workers and browsers that it started.
    const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    keepStage(child)
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => resolve({ isOk: false, output: error.message }))
    child.on('close', (code) => resolve({ isOk: code === 0, output: Buffer.concat(chunks).toString() }))
  })
}

interface Stage {
  readonly tallies: readonly FileTally[]
  readonly output: string
}

async function stage(title: string, work: () => Promise<Stage>): Promise<readonly FileTally[]> {
  const start = Date.now()
  const { tallies, output } = await work()
  const { passed, failed, skipped } = sum(tallies)
  const seconds = (Date.now() - start) / 1000
  spent.push({
    title,
    seconds,
    files: tallies.flatMap(({ file, seconds }) => (file === null ? [] : [{ file: relative('.', file), seconds }])),
  })
  say(`${failed === 0 ? '✓' : '✗'} ${title}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(1)} s)`)
  if (failed > 0) say(output.slice(-20_000))
  return tallies
}

const single = (title: string, program: string, args: readonly string[]): Promise<readonly FileTally[]> =>
  stage(title, async () => {
    const { isOk, output } = await runProgram(program, args)
    return { tallies: [oneTest(title, isOk)], output }
  })

export const checkTypes = (): Promise<readonly FileTally[]> => single('types', bin('tsc'), ['--noEmit', '-p', '.'])
export const checkLint = (): Promise<readonly FileTally[]> => single('lint', bin('oxlint'), ['--deny-warnings'])
export const checkFormat = (): Promise<readonly FileTally[]> => single('format', bin('oxfmt'), ['--check'])

/** A JSON report in a file of its own, because tests may print. */
async function withReport<T>(work: (file: string) => Promise<Outcome>, read: (report: T) => readonly FileTally[]): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-report-'))
  const file = join(directory, 'report.json')
  try {
    const { isOk, output } = await work(file)
    const tallies = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as T) : [oneTest('a stage that left no report', false)]
    // Its report says nothing of what fails beside the tests: a rejection that nobody waits for, a teardown.
    return { tallies: isOk || sum(tallies).failed > 0 ? tallies : [...tallies, oneTest('outside of the test files', false)], output }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const vitestStages = {
  unit: 'unit tests',
  root: 'tests of SSH, captures and the lab itself',
  lab: 'integration tests on the lab',
  vmhost: 'integration tests on VM hosts',
} as const

const titleOf = (title: string, files: readonly string[]): string =>
  files.length === 0 ? title : `${title}, once more: ${files.join(', ')}`

/** All of the project's files where none are named. */
export const runVitest = (project: keyof typeof vitestStages, files: readonly string[] = []): Promise<readonly FileTally[]> =>
  stage(titleOf(vitestStages[project], files), () =>
    withReport(
      (file) =>
        runProgram(bin('vitest'), [
          'run',
          '--project',
          project,
          '--reporter=dot',
          '--reporter=json',
          `--outputFile.json=${file}`,
          ...files,
        ]),
      readVitest,
    ),
  )

/** All of them where none are named. */
export const runPlaywright = (files: readonly string[] = []): Promise<readonly FileTally[]> =>
  stage(titleOf('end-to-end tests in Chromium', files), () =>
    withReport(
      (file) => runProgram(bin('playwright'), ['test', '--reporter=list,json', ...files], { PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
      readPlaywright,
    ),
  )
