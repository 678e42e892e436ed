// Generates the database client into generated/prisma, unless it is already there for this schema and this Prisma.
//
// Prisma insists on a schema engine even where generating does not use one; naming any existing executable keeps it from
// downloading its own. Run before anything that imports the client: dev, build, test, type check.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)
const schemaPath = join(root, 'prisma', 'schema.prisma')
const outputPath = join(root, 'generated', 'prisma')
const stampPath = join(outputPath, '.stamp')

function currentStamp() {
  const { version } = require('prisma/package.json')
  return createHash('sha256').update(version).update(readFileSync(schemaPath)).digest('hex')
}

function isUpToDate(stamp) {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp
}

function generate() {
  const cli = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js')
  const environment = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  const result = spawnSync(process.execPath, [cli, 'generate', '--no-hints'], { cwd: root, env: environment, encoding: 'utf8' })
  if (result.status === 0) return
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`)
  process.exit(1)
}

const stamp = currentStamp()
if (!isUpToDate(stamp)) {
  generate()
  mkdirSync(outputPath, { recursive: true })
  writeFileSync(stampPath, stamp)
  console.log('Generated the database client.')
}
