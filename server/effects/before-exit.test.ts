// In processes of their own, which are told to end as a console is.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { bundleProgram } from '@/scripts/testing/bundled-program'

/** What else the process has for the signal, as Next has. */
const LISTENER = `process.on('SIGTERM', () => process.exit(7))`
const WORK = `setTimeout(() => { console.log('written'); done() }, 50)`
const program = ({ listener = LISTENER, work = WORK, graceMs = 60_000 }) => `
  ${listener}
  const { beforeExit } = await import('./server/effects/before-exit.ts')
  beforeExit(() => new Promise((done) => { console.log('asked'); ${work} }), ${graceMs})
  setInterval(() => {}, 1000)
  console.log('ready')
`

async function end(options: Parameters<typeof program>[0], signalsWhenAsked: number) {
  const bundled = bundleProgram(program(options))
  onTestFinished(bundled.remove)
  const child = spawn(process.execPath, [bundled.file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said: string[] = []
  for await (const chunk of child.stdout) {
    for (const line of String(chunk).trim().split('\n')) {
      said.push(line)
      if (line === 'ready') child.kill('SIGTERM')
      if (line === 'asked') for (let sent = 0; sent < signalsWhenAsked; sent += 1) child.kill('SIGTERM')
    }
  }
  return { said: said.slice(1), exit: (await exited) as [number | null, string | null] }
}

it.each([
  ['is done before whoever else listens ends the process', {}, 0, ['asked', 'written'], [7, null]],
  ['is done where nobody else listens', { listener: '' }, 0, ['asked', 'written'], [null, 'SIGTERM']],
  ['that fails holds up nothing', { work: `throw new Error('disk')` }, 0, ['asked'], [7, null]],
  ['that hangs is not waited for any longer', { work: '', graceMs: 50 }, 0, ['asked'], [7, null]],
  ['is not waited for when the signal comes again', { work: '' }, 1, ['asked'], [7, null]],
] as const)('work %s', async (_, options, again, said, exit) => {
  expect(await end(options, again)).toEqual({ said, exit })
})
