// What is told from memory and what from the store, on a real database.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { emptyHostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import type { ObservationStore } from '@/server/effects/db/store'
import { anObservation } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { createReadingMemory } from './reading-memory'

let temp: TempStore
let loads: string[]
beforeEach(async () => {
  temp = await openTempStore()
  loads = []
})
afterEach(() => temp.remove())

/** The real store, with a list of what was taken out of it. */
const counted = (): Pick<ObservationStore, 'load' | 'lastReadAt'> => ({
  load: (hostId) => {
    loads.push(hostId)
    return temp.store.observations.load(hostId)
  },
  lastReadAt: temp.store.observations.lastReadAt,
})

const [FIRST, SECOND] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']
const heavy = (hostId: string, addresses: number): HostObservation => {
  const address = { netns: '', link: 'lo', address: '10.0.0.1', prefix: 8 } as unknown as HostObservation['state']['addresses'][number]
  return { ...anObservation(hostId, FIRST), state: { ...emptyHostState, addresses: Array.from({ length: addresses }, () => address) } }
}

it('a reading of this process is never taken out of the store', async () => {
  const memory = createReadingMemory(counted())
  const reading = anObservation('h', FIRST)
  memory.keep(reading)
  expect(await memory.last('h')).toBe(reading)
  expect([await memory.lastReadAt(['h']), loads]).toEqual([new Map([['h', FIRST]]), []])
})

it('one from before the console started is taken out once, however many ask', async () => {
  await temp.store.observations.save(anObservation('h', FIRST))
  const memory = createReadingMemory(counted())
  const [one, other] = await Promise.all([memory.last('h'), memory.last('h')])
  expect(one).toEqual(anObservation('h', FIRST))
  expect(other).toBe(one)
  expect(await memory.last('h')).toBe(one)
  expect(loads).toEqual(['h'])
})

it('when a host was last read is known without its state', async () => {
  await temp.store.observations.save(anObservation('h', FIRST))
  const memory = createReadingMemory(counted())
  expect([await memory.lastReadAt(['h', 'other']), loads]).toEqual([new Map([['h', FIRST]]), []])
})

it('a reading that comes while an older one is taken out of the store stays', async () => {
  await temp.store.observations.save(anObservation('h', FIRST))
  const memory = createReadingMemory(counted())
  const asked = memory.last('h')
  memory.keep(anObservation('h', SECOND))
  expect((await asked)?.observedAt).toBe(SECOND)
  expect((await memory.last('h'))?.observedAt).toBe(SECOND)
})

it('one that has made room again by the time the older one is out of the store is still the last, for all who wait', async () => {
  await temp.store.observations.save(anObservation('h', FIRST))
  const memory = createReadingMemory(counted(), 100)
  const asked = [memory.last('h'), memory.last('h')]
  memory.keep({ ...heavy('h', 60), observedAt: SECOND })
  memory.keep(heavy('other', 60))
  asked.push(memory.last('h'))
  expect((await Promise.all(asked)).map((reading) => reading?.observedAt)).toEqual([SECOND, SECOND, SECOND])
  expect((await memory.last('h'))?.observedAt).toBe(SECOND)
  expect(loads).toEqual(['h'])
})

it('a host that is forgotten meanwhile does not come back into memory', async () => {
  await temp.store.observations.save(anObservation('h', FIRST))
  const memory = createReadingMemory(counted())
  const asked = memory.last('h')
  memory.forget('h')
  await asked
  await memory.last('h')
  expect(loads).toEqual(['h', 'h'])
})

it('what was not asked for the longest makes room, and comes from the store', async () => {
  const memory = createReadingMemory(counted(), 100)
  for (const hostId of ['a', 'b', 'c']) {
    const reading = heavy(hostId, 40)
    await temp.store.observations.save(reading)
    if (hostId === 'c') await memory.last('a')
    memory.keep(reading)
  }
  await memory.last('a')
  await memory.last('c')
  expect(loads).toEqual([])
  expect((await memory.last('b'))?.state.addresses).toHaveLength(40)
  expect(loads).toEqual(['b'])
})

it('one that is larger than all of the room is kept all the same', async () => {
  const memory = createReadingMemory(counted(), 100)
  const reading = heavy('a', 200)
  memory.keep(reading)
  expect(await memory.last('a')).toBe(reading)
})
