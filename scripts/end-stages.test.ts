// A run with a stage, as processes of their own: the run is told to end, and the stage with what it started ends first.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { bundleProgram } from './testing/bundled-program'

/** The stage starts a sleeper and prints both pids. */
const stage = (trap: string) => `${trap}; sleep 600 & echo $$ $! >&3; wait; wait`
const run = (script: string) => `
  const { spawn } = await import('node:child_process')
  const { keepStage, endStages } = await import('./scripts/end-stages.ts')
  const child = spawn('sh', ['-c', ${JSON.stringify(script)}], { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  keepStage(child)
  child.stdio[3].pipe(process.stdout)
  process.once('SIGTERM', () => endStages('SIGTERM', 300).then(() => process.exit(143)))
`
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it.each([
  ['that ends when asked', ':'],
  ['that does not listen', "trap '' TERM"],
])('a stage %s is gone when the run is', async (_, trap) => {
  const program = bundleProgram(run(stage(trap)))
  onTestFinished(program.remove)
  const child = spawn(process.execPath, [program.file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const pids = line.toString().trim().split(' ').map(Number)
  expect(pids.map(isThere)).toEqual([true, true])
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(143)
  expect(pids.map(isThere)).toEqual([false, false])
})
