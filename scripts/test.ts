// `npm test`: everything, on real hosts and in a real browser. Types, lint and units need nothing; the rest needs root on
// Debian, and installs what is missing.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildConsole } from './build'
import { canInstall, chromiumNeed, installPackages, labObstacle } from './debian-packages'
import { endStagesOnSignal } from './end-stages'
import { say, step } from './progress'
import { oneTest, printTally, sum, type Tally } from './report'
import { lookAgain } from './second-look'
import { checkLint, checkTypes, runPlaywright, runVitest } from './stages'

async function main(): Promise<Tally> {
  if (canInstall()) await step('Debian packages', async () => installPackages([chromiumNeed]))
  spawnSync(process.execPath, [join('scripts', 'prisma-generate.mjs')], { stdio: 'inherit' })
  const quick = [...(await Promise.all([checkTypes(), checkLint()])).flat(), ...(await runVitest('unit'))]
  const obstacle = labObstacle()
  if (obstacle !== null) {
    say(`✗ The integration and end-to-end tests cannot run here: ${obstacle}.`)
    return sum([...quick, oneTest('integration and end-to-end tests', false)])
  }
  await step('Console', async () => void buildConsole())
  // Each has a lab of its own. Two at a time: the lab's wait more than they work, the other two work more than two cores can do beside it.
  const [lab, [stories, vmHosts]] = await Promise.all([runVitest('lab'), inTurn(runPlaywright, () => runVitest('vmhost'))])
  return sum([
    ...quick,
    await lookAgain(lab, (files) => runVitest('lab', files)),
    await lookAgain(stories, runPlaywright),
    await lookAgain(vmHosts, (files) => runVitest('vmhost', files)),
  ])
}

async function inTurn<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<[T, T]> {
  return [await first(), await second()]
}

endStagesOnSignal()
const total = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return oneTest('the run itself', false)
})
say(printTally(total))
process.exit(total.failed === 0 ? 0 : 1)
