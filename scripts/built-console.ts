// The built console as a process of its own, for tests and benchmarks that look at it from outside.

import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

interface BuiltConsole {
  readonly url: string
  readonly dataDirectory: string
}

/** What was built last; NEXT_DIST_DIR names another folder. What it says goes where ours does, or to standard error. */
export function startBuiltConsole({ url, dataDirectory }: BuiltConsole, output: 'inherit' | 'stderr' = 'inherit'): ChildProcess {
  const { hostname, port } = new URL(url)
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  return spawn(process.execPath, [next, 'start', '-H', hostname, '-p', port], {
    env: { ...process.env, TAPLINE_DATA: dataDirectory, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: output === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 2, 2],
  })
}

export async function untilAnswers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await isAnswered(address)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the console does not answer at ${address}`)
}

export const isAnswered = (address: string): Promise<boolean> =>
  fetch(address).then(
    (response) => response.ok,
    () => false,
  )
