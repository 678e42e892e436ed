// What becomes of readings that overlap, on a real database: hosts that answer when the test lets them, with recorded text.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { deferred } from '@/server/effects/ssh/deferred'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { createHostManager, type HostManager } from './host-manager'

const NONCE = '5f1c0e1a-7a43-4d0e-9c55-2f61b1a7c001'
const recorded = readFileSync(new URL('../core/parse/fixtures/ovs-3.1/host-read.txt', import.meta.url), 'utf8')

let temp: TempStore
let manager: HostManager
let seconds: number
beforeEach(async () => {
  temp = await openTempStore()
  seconds = 0
  // Every reading is a second younger than the one before it.
  const clock = { now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, (seconds += 1))) }
  manager = createHostManager({ ...temp, clock, ids: { ...systemIds, uuid: () => NONCE } })
})
afterEach(async () => {
  await manager.pool.closeAll()
  await temp.remove()
})

/** Answers as the recorded host did, its name changed, once it is told to. */
function hostNamed(name: string) {
  const answer = deferred<void>()
  const runOrThrow: HostSession['runOrThrow'] = async ({ argv }) => {
    await answer.promise
    const stdout = recorded.replace(/^hostname .*$/m, `hostname ${name}`)
    return { host: name, argv, exitCode: 0, stdout, stderr: '', durationMs: 1, isTruncated: false }
  }
  return { answer: () => answer.resolve(), session: { runOrThrow } as HostSession }
}

it('of two readings the one that began later stays, whichever is parsed first', async () => {
  const [page, run] = [hostNamed('page'), hostNamed('run')]
  const older = manager.observe('h', page.session)
  const newer = manager.observe('h', run.session)
  run.answer()
  expect((await newer).facts.hostname).toBe('run')
  page.answer()
  expect((await older).facts.hostname).toBe('page')
  expect((await manager.last('h'))?.facts.hostname).toBe('run')
})

it('after a restart of the console the last one comes from the store, and so does when it was taken', async () => {
  const host = hostNamed('a')
  host.answer()
  const reading = await manager.observe('h', host.session)
  await temp.store.close()
  const again = createHostManager({ ...temp, store: temp.reopen(), clock: { now: () => new Date(0) }, ids: systemIds })
  expect((await again.health(['h'])).get('h')).toMatchObject({ observedAt: reading.observedAt })
  expect(await again.last('h')).toEqual(reading)
  expect(await again.last('h')).toBe(await again.last('h'))
})
