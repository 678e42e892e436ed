// The scripts run for real, with their places in a directory of the test's own.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { READ_SCRIPT } from '../parse/read-script'
import { parseRestoreUnit } from '../parse/restore-unit'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'

const topology = sampleTopology({ networks: [2] })
const desired: HostState = {
  ...emptyHostState,
  restoreUnits: compileHost({ ...topology, hosts: topology.hosts.map((host) => ({ ...host, hasRestoreUnit: true })) }, ids.host(2))
    .restoreUnits,
}

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tapline-restore-'))
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true })
  mkdirSync(join(root, 'var/lib'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function run(from: HostState, to: HostState): number | null {
  const [step] = renderSteps(diffHost(to, from), 'host')
  const [program, ...args] = step!.command.argv.map((word) => word.replaceAll(/\/(etc\/systemd|var\/lib|run)\//g, (path) => root + path))
  return spawnSync(program!, args, { input: step!.command.stdin ?? '', encoding: 'utf8' }).status
}
const files = (): string[] => (readdirSync(root, { recursive: true }) as string[]).filter((path) => /tapline/.test(path)).sort()

it('[PLAN-21] leaves nothing of a unit that could not be put in force', () => {
  rmSync(join(root, 'etc/systemd/system'), { recursive: true })
  writeFileSync(join(root, 'etc/systemd/system'), 'no directory')
  expect(run(emptyHostState, desired)).not.toBe(0)
  expect(files()).toEqual([])
})

it('[PLAN-21] is written whole, and removed with what a cut left beside it', () => {
  expect(run(emptyHostState, desired)).toBe(0)
  expect(files()).toEqual(expect.arrayContaining(['etc/systemd/system/tapline-restore.service', 'var/lib/tapline/restore/current']))
  writeFileSync(join(root, 'etc/systemd/system/tapline-restore.service.new'), 'half of')
  expect(run(desired, emptyHostState)).toBe(0)
  expect(files().filter((path) => path !== 'var/lib/tapline')).toEqual([])
})

it('[PLAN-33] is read as ours where a cut left a content that is not in force, and is then removed', () => {
  expect(run(emptyHostState, desired)).toBe(0)
  for (const path of ['etc/systemd/system/tapline-restore.service', 'var/lib/tapline/restore/current']) rmSync(join(root, path))
  const script = READ_SCRIPT.slice(READ_SCRIPT.indexOf('unit=/etc/systemd'), READ_SCRIPT.lastIndexOf('end restore')).replaceAll(
    /\/(etc\/systemd|var\/lib|run)\//g,
    (path) => root + path,
  )
  const { value } = parseRestoreUnit(spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout)
  expect(value).toMatchObject([{ owner: { kind: 'host', id: ids.host(2) }, digests: {} }])
  expect(run({ ...emptyHostState, restoreUnits: value }, emptyHostState)).toBe(0)
  expect(files().filter((path) => path !== 'var/lib/tapline')).toEqual([])
})
