// Before the first browser test: a lab of its own and the built console on a store of its own, with nothing in it. What is
// started here ends in the returned teardown, by pid.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { labDown, labUp, type LabStatus } from '@/lab/lab'
import { snapshot } from '@/lab/scenarios/snapshot'
import { isAnswered, startBuiltConsole, untilAnswers } from '@/scripts/built-console'
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
  const server = startBuiltConsole({ url: consoleUrl, dataDirectory })
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
