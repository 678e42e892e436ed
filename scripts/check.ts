// `npm run check`: the fast inner loop. Types, lint, format, unit tests.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { endStagesOnSignal } from './end-stages'
import { say } from './progress'
import { printTally, sum } from './report'
import { checkFormat, checkLint, checkTypes, runVitest } from './stages'
import { printTimeSpent, spent } from './time-spent'

endStagesOnSignal()
spawnSync(process.execPath, [join('scripts', 'prisma-generate.mjs')], { stdio: 'inherit' })
const early = await Promise.all([checkTypes(), checkLint(), checkFormat()])
const total = sum([...early.flat(), ...(await runVitest('unit'))])
say(printTimeSpent(spent, process.uptime()))
say(printTally(total))
process.exit(total.failed === 0 ? 0 : 1)
