// Consoles as processes of their own, on one data directory.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { bundleProgram } from '@/scripts/testing/bundled-program'
import { explainedRun } from '@/server/core/testing/explained'
import { anObservation, aPlan, aRun } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'

const serving = bundleProgram(`
  import { openConsole } from './server/api/open-console.ts'
  await openConsole()
  await openConsole()
  console.log('open')
  setInterval(() => {}, 1000)`)
afterAll(() => serving.remove())

interface Console {
  readonly child: ChildProcess
  readonly said: string
}

let temp: TempStore
const children: ChildProcess[] = []
beforeEach(async () => {
  temp = await openTempStore()
})
afterEach(async () => {
  for (const child of children.splice(0)) await end(child)
  await temp.remove()
})

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Waits until it serves or has given up. */
async function start(): Promise<Console> {
  const environment = { ...process.env, TAPLINE_DATA: temp.dataDirectory }
  const child = spawn(process.execPath, [serving.file], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const serves = new Promise<void>((resolve) => child.stdout.on('data', () => /^open$/m.test(said) && resolve()))
  await Promise.race([serves, once(child, 'close')])
  return { child, said }
}

/** The one line of the log of a console that does not serve. */
function lastWords({ said }: Console): string {
  return z.object({ level: z.literal('fatal'), msg: z.string() }).parse(JSON.parse(said)).msg
}

const isClosed = (runId: string) =>
  expect
    .poll(async () => explainedRun(await temp.store.runs.get(runId)).verdict, { timeout: 100_000 })
    .toMatch(/^The console stopped while this run was going/)

it('the second stops with a sentence that names the first, and touches nothing; the place of one that died is free', async () => {
  const plan = aPlan('p1')
  await temp.store.plans.save(plan)
  await temp.store.runs.save(aRun('r0', plan))
  const first = await start()
  expect(first.said).toBe('open\n')
  await isClosed('r0')
  await temp.store.runs.save(aRun('r1', plan))

  const second = await start()
  expect(second.child.exitCode).toBe(1)
  expect(lastWords(second)).toMatch(
    new RegExp(
      `^Another console is at work on ${temp.dataDirectory}: process ${first.child.pid}, since 20[^ ]*Z\\. Stop it first, .*TAPLINE_DATA`,
    ),
  )
  expect(await temp.store.runs.get('r1')).toMatchObject({ status: 'running' })

  await end(first.child)
  expect((await start()).said).toBe('open\n')
  await isClosed('r1')
}, 300_000)

it('of two that start together one serves', async () => {
  const both = await Promise.all([start(), start()])
  expect(both.map((each) => (each.said === 'open\n' ? 'open' : lastWords(each).slice(0, 4))).sort()).toEqual(['Anot', 'open'])
}, 300_000)

it('does not serve on a database that is none', async () => {
  await temp.replaceDatabase('garbage, '.repeat(2000))
  const refused = await start()
  expect([lastWords(refused), refused.child.exitCode, refused.child.signalCode]).toEqual([
    expect.stringMatching(/^The database .*tapline\.db cannot be read: .*$/),
    1,
    null,
  ])
}, 300_000)

it('one that is told to end writes the reading that it has just taken, though whoever serves it ends the process at once', async () => {
  const reading = anObservation('h', '2026-01-01T00:00:00.000Z')
  const program = bundleProgram(`
    process.on('SIGTERM', () => process.exit(143))
    const { openConsole } = await import('./server/api/open-console.ts')
    const { getContext } = await import('./server/api/context.ts')
    await openConsole()
    void getContext().store.observations.save(${JSON.stringify(reading)})
    process.kill(process.pid, 'SIGTERM')
    setInterval(() => {}, 1000)`)
  onTestFinished(program.remove)
  const environment = { ...process.env, TAPLINE_DATA: temp.dataDirectory }
  const child = spawn(process.execPath, [program.file], { env: environment, stdio: 'inherit' })
  children.push(child)
  expect(await once(child, 'exit')).toEqual([143, null])
  expect(await temp.store.observations.load('h')).toEqual(reading)
})
