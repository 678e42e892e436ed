// `npm test`: everything, on real hosts and in a real browser. Types, lint, format and units need nothing; the rest needs root on
// Debian, and installs what is missing.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { all } from '@/lab/wait'
import { buildConsole } from './build'
import { canInstall, chromiumNeed, installPackages, labObstacle } from './debian-packages'
import { endStagesOnSignal } from './end-stages'
import { say, step } from './progress'
import { oneTest, printTally, sum, type Tally } from './report'
import { lookAgain } from './second-look'
import { checkFormat, checkLint, checkTypes, runPlaywright, runVitest } from './stages'
import { printTimeSpent, spent } from './time-spent'

async function main(): Promise<Tally> {
  if (canInstall()) await step('Debian packages', async () => installPackages([chromiumNeed]))
  spawnSync(process.execPath, [join('scripts', 'prisma-generate.mjs')], { stdio: 'inherit' })
  const checks = (await Promise.all([checkTypes(), checkLint(), checkFormat()])).flat()
  const units = await runVitest('unit')
  const obstacle = labObstacle()
  if (obstacle !== null) {
    say(`✗ The integration and end-to-end tests cannot run here: ${obstacle}.`)
    return sum([...checks, ...units, oneTest('integration and end-to-end tests', false)])
  }
  // Two lanes of about the same length, for two cores can do no more: the lab's, and in the other one what is left, in turn.
  const [lab, others] = [runVitest('lab'), runOthers()]
  await all<unknown>([lab, others])
  const { endToEnd, vmHosts, root } = await others
  return sum([
    ...checks,
    await lookAgain(units, (files) => runVitest('unit', files)),
    await lookAgain(await lab, (files) => runVitest('lab', files)),
    await lookAgain(endToEnd, runPlaywright),
    await lookAgain(vmHosts, (files) => runVitest('vmhost', files)),
    await lookAgain(root, (files) => runVitest('root', files)),
  ])
}

async function runOthers() {
  await step('Console', async () => void buildConsole())
  return { endToEnd: await runPlaywright(), vmHosts: await runVitest('vmhost'), root: await runVitest('root') }
}

endStagesOnSignal()
const total = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return oneTest('the run itself', false)
})
say(printTimeSpent(spent, process.uptime()))
say(printTally(total))
process.exit(total.failed === 0 ? 0 : 1)
