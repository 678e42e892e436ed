// The queue with two consoles on one database: nothing here depends on who asked, or on time that passes.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { LEASE_MS, type Lease } from '@/server/core/operation/lease'
import type { AskedOperation } from '@/server/core/operation/operation'
import type { Claim, RunQueue } from '@/server/core/operation/run-queue'
import { createEventHub } from '../events'
import { systemIds } from '../ids'
import { createStore } from './create-store'
import type { Store } from './store'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
let stores: Store[]
let here: RunQueue
let there: RunQueue
let now: number
beforeEach(async () => {
  temp = await openTempStore()
  now = Date.parse('2026-01-01T00:00:00.000Z')
  const open = () =>
    createStore({
      dataDirectory: temp.dataDirectory,
      events: createEventHub(),
      clock: { now: () => new Date(now) },
      ids: systemIds,
      logger: temp.logger,
    })
  stores = [open(), open()]
  ;[here, there] = stores.map(({ queue }) => queue) as [RunQueue, RunQueue]
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await temp.remove()
})

const apply = (id: string, hostIds: readonly string[], actor = 'local'): AskedOperation => ({ id, kind: 'apply', actor, hostIds })
const tokens = (claim: Claim) => (claim.state === 'claimed' ? claim.leases.map(({ hostId, token }) => `${hostId} ${token}`) : claim.state)
const leasesOf = (claim: Claim): readonly Lease[] => (claim.state === 'claimed' ? claim.leases : [])

it('lets two of them be at disjoint hosts, and a third wait for both, saying for whom and since when', async () => {
  await here.enqueue(apply('a', ['h1'], 'ada'))
  await there.enqueue(apply('b', ['h2'], 'ben'))
  await there.enqueue(apply('c', ['h1', 'h2']))
  expect(tokens(await here.claim('a'))).toEqual(['h1 1'])
  expect(tokens(await there.claim('b'))).toEqual(['h2 1'])
  const since = new Date(now).toISOString()
  expect(await there.claim('c')).toEqual({
    state: 'waiting',
    waits: [
      { hostId: 'h1', operationId: 'a', actor: 'ada', since, isChanging: true },
      { hostId: 'h2', operationId: 'b', actor: 'ben', since, isChanging: true },
    ],
  })
  await here.release('a', 'succeeded')
  expect(await there.claim('c')).toMatchObject({ state: 'waiting', waits: [{ hostId: 'h2' }] })
  await there.release('b', 'failed')
  expect(tokens(await there.claim('c'))).toEqual(['h1 2', 'h2 2'])
})

it('gives a host to one of two that ask at the same moment', async () => {
  await here.enqueue(apply('a', ['h1']))
  await there.enqueue(apply('b', ['h1']))
  const states = (await Promise.all([there.claim('b'), here.claim('a')])).map(({ state }) => state)
  expect(states.toSorted()).toEqual(['claimed', 'waiting'])
})

it('does not let anybody pass by one that asked before', async () => {
  for (const each of [apply('a', ['h1']), apply('b', ['h1', 'h2']), apply('c', ['h2']), apply('d', ['h3'])]) await here.enqueue(each)
  await here.claim('a')
  await here.claim('b')
  expect(await here.claim('c')).toMatchObject({ state: 'waiting', waits: [{ hostId: 'h2', operationId: 'b', isChanging: false }] })
  expect(tokens(await here.claim('d'))).toEqual(['h3 1'])
})

it('tells one whose console was silent for too long that it lost its host, and not one that only was late', async () => {
  await here.enqueue(apply('a', ['h1']))
  const [lease] = leasesOf(await here.claim('a'))
  now += LEASE_MS + 1
  expect(await here.holds(lease!)).toBe(true)
  now += LEASE_MS - 1
  expect(await here.heartbeat('a')).toBe('held')

  now += LEASE_MS + 1
  await there.enqueue(apply('b', ['h1']))
  expect(tokens(await there.claim('b'))).toEqual(['h1 2'])
  expect(await here.holds(lease!)).toBe(false)
  expect(await here.heartbeat('a')).toBe('lost')
  await here.release('a', 'failed')
  expect(await there.heartbeat('b')).toBe('held')
})

it('lists what a console that is gone left behind, and nothing of one that is there', async () => {
  await here.enqueue(apply('a', ['h1']))
  await here.enqueue({ id: 'r', kind: 'read', actor: 'local', hostIds: ['h2'] })
  const lost = async (isAlone: boolean) => (await there.listLost(isAlone)).map(({ id }) => id)
  expect(await lost(false)).toEqual([])
  expect(await lost(true)).toEqual(['a', 'r'])
  now += LEASE_MS
  await here.heartbeat('a')
  expect(await lost(false)).toEqual(['r'])
  expect(await here.listLost(true)).toEqual([])
})

it('passes the wish to cancel on to whoever carries it out, who ends it', async () => {
  for (const id of ['a', 'b']) await here.enqueue(apply(id, ['h1']))
  await here.claim('a')
  expect(await there.cancel('a')).toBe(true)
  expect(await there.cancel('b')).toBe(true)
  expect(await here.heartbeat('a')).toBe('cancelling')
  expect(await here.claim('b')).toEqual({ state: 'cancelling' })
  await here.release('a', 'cancelled')
  await here.release('b', 'cancelled')
  expect(await there.get('b')).toMatchObject({ state: 'ended', outcome: 'cancelled', startedAt: null })
  expect(await there.cancel('a')).toBe(false)
  expect(await there.listOpen()).toEqual([])
  expect(await there.listLeases()).toMatchObject([{ hostId: 'h1', token: 1, heldUntil: null }])
})

it('wakes who waits in this process, and lets nobody wait for ever', async () => {
  const never = new AbortController()
  const told = here.changed(3_600_000, never.signal)
  await here.enqueue(apply('a', []))
  await told
  await here.changed(1, never.signal)
  never.abort()
  await here.changed(3_600_000, never.signal)
})

it('keeps what has no record of its own within bounds', async () => {
  await temp.sql(
    `INSERT INTO OperationRecord SELECT 'r' || value, value, CASE value WHEN 1 THEN 'apply' ELSE 'read' END, 'local', 'ended', 'succeeded', '[]', 'x', '', '', '', '' FROM json_each((SELECT json_group_array(n) FROM (WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 501) SELECT n FROM s)))`,
  )
  await here.enqueue(apply('a', []))
  expect(await here.get('r1')).not.toBeNull()
  expect(await here.get('r2')).toBeNull()
  expect(await here.get('r3')).not.toBeNull()
})
