// What is noted of a piece of work, and how it is ended from elsewhere.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '@/server/effects/clock'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { deferred } from '@/server/effects/ssh/deferred'
import { createOperationManager, type OperationManager } from './operation-manager'

let temp: TempStore
let manager: OperationManager
beforeEach(async () => {
  temp = await openTempStore()
  manager = createOperationManager({ store: temp.store, clock: systemClock, ids: systemIds, heartbeatMs: 10 })
})
afterEach(() => temp.remove())

const reading = { kind: 'read', actor: 'ada', hostIds: ['h1'] } as const
const listed = async () => (await temp.store.queue.listLatest()).map(({ kind, actor, state, outcome }) => [kind, actor, state, outcome])

it('notes what was asked, by whom, and how it ended', async () => {
  const { promise, resolve } = deferred<string>()
  const work = manager.during(reading, () => promise)
  await expect.poll(listed).toEqual([['read', 'ada', 'running', null]])
  resolve('read')
  expect(await work).toBe('read')
  await expect(manager.during(reading, () => Promise.reject(new Error('no route')))).rejects.toThrow('no route')
  expect(await listed()).toEqual([
    ['read', 'ada', 'ended', 'failed'],
    ['read', 'ada', 'ended', 'succeeded'],
  ])
})

it.each([
  ['this console', () => manager],
  ['another one', () => createOperationManager({ store: temp.reopen(), clock: systemClock, ids: systemIds })],
])('ends what %s is asked to cancel, also when it does not listen', async (_, asked) => {
  const work = manager.during(reading, () => new Promise(() => {}))
  const failed = expect(work).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(listed).toEqual([['read', 'ada', 'running', null]])
  const [operation] = await temp.store.queue.listLatest()
  expect(await asked().cancel(operation!.id)).toBe(true)
  await failed
  expect(await listed()).toEqual([['read', 'ada', 'ended', 'cancelled']])
  expect(await manager.cancel(operation!.id)).toBe(false)
})

it('reads also when the database takes no note of it', async () => {
  const broken = await temp.breakTable('OperationRecord', 'INSERT')
  expect(await manager.during(reading, async (signal) => !signal.aborted)).toBe(true)
  await broken.mend()
})

it('tries to store an end that is told from memory until the console stops, and no longer', async () => {
  let tries = 0
  const runs = { ...temp.store.runs, settle: () => Promise.resolve(void tries++) }
  const own = createOperationManager({ store: { ...temp.store, runs }, clock: systemClock, ids: systemIds, heartbeatMs: 1 })
  await own.begin({ ...reading, id: 'of-a-run' })
  await own.over('of-a-run')
  await expect.poll(() => tries).toBeGreaterThan(2)
  own.close()
  // One may be under way.
  await sleep(50)
  const atTheEnd = tries
  await sleep(100)
  expect(tries).toBe(atTheEnd)
})
