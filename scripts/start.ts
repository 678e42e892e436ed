// `npm start`: from a fresh clone to a console with a practice network behind it. One line per step; Ctrl-C ends
// everything that was begun here.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LabStatus } from '@/lab/lab'
import { defaultName } from '@/lab/paths'
import { loadEnvironment } from '@/server/effects/env'
import { buildConsole } from './build'
import { installPackages, labObstacle } from './debian-packages'
import { endServer } from './end-server'
import { say, step } from './progress'

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    'no-lab': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (options.help) {
  say('npm start -- [--port 3000] [--no-lab]')
  process.exit(0)
}

const HOST = '127.0.0.1'
/** The lab that `npm run lab` means, too. */
const LAB_NAME = process.env['LAB_NAME'] ?? defaultName
let server: ChildProcess | null = null
let isLabOurs = false
let isStopping = false

async function main(): Promise<void> {
  await needPort()
  const obstacle = options['no-lab'] ? 'asked not to' : labObstacle()
  if (obstacle === null) await step('Debian packages', async () => installPackages())
  await step('Store', prepareStore)
  await step('Console', async () => void (buildConsole() && say('  built')))
  const lab = obstacle === null ? await step('Practice network', bringUpLab) : null
  if (lab) await step('Sample design', () => seed(lab))
  else say(`• Practice network left out: ${obstacle}.`)
  await step(`Serving on http://${HOST}:${options.port}`, serve)
  say('')
  say(`  Open http://${HOST}:${options.port}`)
  if (lab) say('  A sample design is waiting under Changes: plan it, apply it, then verify a path. Ctrl-C ends everything.')
}

/** Before minutes of building, not behind them. */
async function needPort(): Promise<void> {
  const probe = createServer()
  try {
    await once(probe.listen(Number(options.port), HOST), 'listening')
  } catch {
    throw new Error(
      `Nothing can listen on port ${options.port} of ${HOST}: is another program there? Another port: npm start -- --port 8080`,
    )
  } finally {
    probe.close()
  }
}

async function prepareStore(): Promise<void> {
  const generated = spawnSync(process.execPath, [join('scripts', 'prisma-generate.mjs')], { stdio: 'inherit' })
  if (generated.status !== 0) throw new Error('The database client could not be generated.')
  const { migrateAlone } = await import('./migrate')
  await migrateAlone(loadEnvironment().dataDirectory)
}

async function bringUpLab(): Promise<LabStatus> {
  const { labStatus, labUp } = await import('@/lab/lab')
  const before = await labStatus(LAB_NAME)
  isLabOurs = !before.up
  return labUp({ name: LAB_NAME, onProgress: ({ node, step: what }) => say(`  ${node}: ${what}`) })
}

async function seed(lab: LabStatus): Promise<void> {
  const { seedFromLab } = await import('./seed-from-lab')
  await seedFromLab(lab)
}

async function serve(): Promise<void> {
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  const child = spawn(process.execPath, [next, 'start', '-H', HOST, '-p', options.port], {
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  server = child
  child.on('exit', (code) => void (isStopping || stop(code ?? 1)))
  await untilAnswers(`http://${HOST}:${options.port}/`)
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isUp = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The console does not answer at ${url}.`)
}

async function stop(code: number): Promise<never> {
  if (isStopping) return new Promise(() => {})
  isStopping = true
  if (server) await endServer(server)
  if (isLabOurs) {
    say('• Taking the practice network down')
    const { labDown } = await import('@/lab/lab')
    await labDown({ name: LAB_NAME })
  }
  process.exit(code)
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
main().catch(async (error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  await stop(1)
})
