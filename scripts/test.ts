// `npm test`: everything, on real hosts and in a real browser. Types, lint and units need nothing; the rest needs root on
// Debian, and installs what is missing.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildConsole } from './build'
import { canInstall, chromiumNeed, installPackages, labObstacle } from './debian-packages'
import { endStagesOnSignal } from './end-stages'
import { say, step } from './progress'
import { add, noTests, oneTest, printTally, type Tally } from './report'
import { checkLint, checkTypes, runPlaywright, runVitest } from './stages'

async function main(): Promise<Tally> {
  if (canInstall()) await step('Debian packages', async () => installPackages([chromiumNeed]))
  spawnSync(process.execPath, [join('scripts', 'prisma-generate.mjs')], { stdio: 'inherit' })
  const [types, lint] = await Promise.all([checkTypes(), checkLint()])
  const quick = [types, lint, await runVitest('unit')].reduce(add, noTests)
  const obstacle = labObstacle()
  if (obstacle !== null) {
    say(`✗ The integration and end-to-end tests cannot run here: ${obstacle}.`)
    return add(quick, oneTest('integration and end-to-end tests', false))
  }
  await step('Console', async () => void buildConsole())
  // Each has a lab of its own, and all wait for guests more than they work.
  const slow = await Promise.all([runVitest('lab'), runVitest('vmhost'), runPlaywright()])
  return [quick, ...slow].reduce(add, noTests)
}

endStagesOnSignal()
const total = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return oneTest('the run itself', false)
})
say(printTally(total))
process.exit(total.failed === 0 ? 0 : 1)
