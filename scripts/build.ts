// `next build`, only when something that goes into it changed since the last one.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const STAMP = join('.next', 'tapline-build')
const INPUTS = [
  'app',
  'components',
  'server',
  'prisma',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'package-lock.json',
  'tsconfig.json',
]

/** True when it built. */
export function buildConsole(): boolean {
  const stamp = stampOf(INPUTS)
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return false
  const next = join('node_modules', 'next', 'dist', 'bin', 'next')
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const }
  const result = spawnSync(process.execPath, [next, 'build'], { env: environment, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`next build failed:\n${`${result.stdout}${result.stderr}`.slice(-4000)}`)
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, stamp)
  return true
}

/** Names, sizes and contents; tests and fixtures do not go into a build. */
function stampOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(listFiles)) hash.update(path).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}

function listFiles(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .filter((name) => name !== 'fixtures' && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => listFiles(join(path, name)))
}
