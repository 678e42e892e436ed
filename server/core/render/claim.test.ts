// The scripts run for real, in a directory of the test's own.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Command } from '../commands/command'
import { CLAIMED, giveClaimBack, takeClaim } from './claim'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapline-claim-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const here = ({ argv: [program, option, script, ...words] }: Command) =>
  [program!, [option!, script!.replaceAll('/run/tapline', `${directory}/claims`), ...words]] as const
const run = (command: Command) => {
  const { status, stdout } = spawnSync(...here(command), { encoding: 'utf8' })
  return [status, stdout.trim()]
}
const claim = () => join(directory, 'claims', 'applying')

it('[PLAN-34] one of two gets a host, and the other is told who has it', () => {
  expect(run(takeClaim('one'))).toEqual([0, ''])
  expect(run(takeClaim('two'))).toEqual([CLAIMED, 'one'])
  expect(run(giveClaimBack('two'))[0]).toBe(0)
  expect(run(takeClaim('two'))).toEqual([CLAIMED, 'one'])
  expect(run(giveClaimBack('one'))[0]).toBe(0)
  expect(readdirSync(directory)).toEqual([])
  expect(run(takeClaim('two'))).toEqual([0, ''])
})

it('[PLAN-34] a claim of our own counts again, and one that is too old for nobody', () => {
  expect([run(takeClaim('one')), run(takeClaim('one'))]).toEqual([
    [0, ''],
    [0, ''],
  ])
  writeFileSync(claim(), 'one -100000\n')
  expect(run(takeClaim('two'))).toEqual([0, ''])
  expect(readFileSync(claim(), 'utf8')).toMatch(/^two \d+\n$/)
  expect(readdirSync(join(directory, 'claims'))).toEqual(['applying'])
})

it('[PLAN-34] of many at the same moment exactly one gets it', () => {
  const [program, [option, script]] = here(takeClaim('x'))
  const all = `for i in 1 2 3 4 5 6 7 8 9; do (sh -c "$1" sh "host-$i" 600 >/dev/null && echo won) & done; wait`
  expect(spawnSync(program, [option!, all, 'sh', script!], { encoding: 'utf8' }).stdout).toBe('won\n')
})
