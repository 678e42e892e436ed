// The stages of a check or a test run. Each is a program run with its output shown when it fails, and a count.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepStage } from './end-stages'
import { oneTest, readPlaywright, readVitest, type Tally } from './report'
import { say } from './progress'

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

async function stage(title: string, work: () => Promise<{ readonly tally: Tally; readonly output: string }>): Promise<Tally> {
  const start = Date.now()
  const { tally, output } = await work()
  const seconds = ((Date.now() - start) / 1000).toFixed(1)
  say(`${tally.failed === 0 ? '✓' : '✗'} ${title}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped (${seconds} s)`)
  if (tally.failed > 0) say(output.slice(-20_000))
  return tally
}

const single = (title: string, program: string, args: readonly string[]): Promise<Tally> =>
  stage(title, async () => {
    const { isOk, output } = await runProgram(program, args)
    return { tally: oneTest(title, isOk), output }
  })

export const checkTypes = (): Promise<Tally> => single('types', bin('tsc'), ['--noEmit', '-p', '.'])
export const checkLint = (): Promise<Tally> => single('lint', bin('oxlint'), ['--deny-warnings'])

/** A JSON report in a file of its own, because tests may print. */
async function withReport<T>(work: (file: string) => Promise<Outcome>, read: (report: T) => Tally): Promise<{ tally: Tally; output: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-report-'))
  const file = join(directory, 'report.json')
  try {
    const { output } = await work(file)
    const tally = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as T) : oneTest('a stage that left no report', false)
    return { tally, output }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const vitestStages = { unit: 'unit tests', lab: 'integration tests on the lab', vmhost: 'integration tests on VM hosts' } as const

export const runVitest = (project: keyof typeof vitestStages): Promise<Tally> =>
  stage(vitestStages[project], () =>
    withReport(
      (file) => runProgram(bin('vitest'), ['run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]),
      readVitest,
    ),
  )

export const runPlaywright = (): Promise<Tally> =>
  stage('end-to-end tests in Chromium', () =>
    withReport(
      (file) => runProgram(bin('playwright'), ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file }),
      readPlaywright,
    ),
  )
