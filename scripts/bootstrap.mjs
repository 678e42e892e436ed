// The first step of `npm start` and `npm test`: plain Node, because nothing is installed yet. Installs the locked
// dependencies when the lock changed, then hands over to a TypeScript program.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.tapline-lock')

function installDependencies() {
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.log('• Installing the locked dependencies (npm ci)')
  const result = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
  if (result.status !== 0) {
    console.error('npm ci failed. Is the npm registry reachable?')
    process.exit(1)
  }
  writeFileSync(stampFile, stamp)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tapline needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const [program, ...args] = process.argv.slice(2)
installDependencies()
const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'scripts', program), ...args], { cwd: root, stdio: 'inherit' })
// The terminal sends Ctrl-C to both; the child decides when everything has ended. A plain kill reaches only us: pass it on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => process.exit(code ?? 1))
