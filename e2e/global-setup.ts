// Before the first browser test: a lab of its own and the built console on a store of its own, with nothing in it. What is
// started here ends in the returned teardown, by pid.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labDown, labUp } from '@/lab/lab'
import { migrate } from '@/scripts/migrate'
import { databaseUrlOf } from '@/server/effects/env'
import { consoleUrl, labFile, labName } from './support/settings'

export default async function setUp(): Promise<() => Promise<void>> {
  const lab = await labUp({ name: labName })
  writeFileSync(labFile, JSON.stringify(lab))
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-e2e-'))
  await migrate(databaseUrlOf(dataDirectory))
  const url = new URL(consoleUrl)
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  const server = spawn(process.execPath, [next, 'start', '-H', url.hostname, '-p', url.port], {
    env: { ...process.env, TAPLINE_DATA: dataDirectory, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await untilAnswers(consoleUrl)
  return async () => {
    server.kill('SIGTERM')
    await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve(null)))
    await labDown({ name: labName })
    rmSync(dataDirectory, { recursive: true, force: true })
    rmSync(labFile, { force: true })
  }
}

async function untilAnswers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await fetch(address).then((response) => response.ok, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the console does not answer at ${address}`)
}
