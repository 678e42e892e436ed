// Before the first browser test: a lab of its own and the built console on a store of its own, with nothing in it. What is
// started here ends in the returned teardown, by pid.

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labDown, labUp, type LabStatus } from '@/lab/lab'
import { snapshot } from '@/lab/scenarios/snapshot'
import { endServer } from '@/scripts/end-server'
import { migrate } from '@/scripts/migrate'
import { databaseUrlOf } from '@/server/effects/env'
import { consoleUrl, labName, stagePath, writeStage, type Stage } from './support/settings'

export default async function setUp(): Promise<() => Promise<void>> {
  // A run that was killed left its lab, with things on the hosts.
  await labDown({ name: labName })
  if (await isAnswered(consoleUrl)) throw new Error(`somebody else answers at ${consoleUrl}: the tests would meet another console`)
  const lab = await labUp({ name: labName })
  writeStage({ lab, bareHosts: await readBareHosts(lab) })
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-e2e-'))
  await migrate(databaseUrlOf(dataDirectory))
  const server = startConsole(dataDirectory)
  await untilAnswers(consoleUrl)
  return async () => {
    await endServer(server)
    await labDown({ name: labName })
    rmSync(dataDirectory, { recursive: true, force: true })
    rmSync(stagePath, { force: true })
  }
}

async function readBareHosts(lab: LabStatus): Promise<Stage['bareHosts']> {
  const entries = lab.hosts.map(async ({ name }) => [name, [...(await snapshot(labName, name))]] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** What was built last; NEXT_DIST_DIR names another folder. */
function startConsole(dataDirectory: string): ChildProcess {
  const url = new URL(consoleUrl)
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  return spawn(process.execPath, [next, 'start', '-H', url.hostname, '-p', url.port], {
    env: { ...process.env, TAPLINE_DATA: dataDirectory, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

async function untilAnswers(address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await isAnswered(address)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the console does not answer at ${address}`)
}

const isAnswered = (address: string): Promise<boolean> =>
  fetch(address).then(
    (response) => response.ok,
    () => false,
  )
