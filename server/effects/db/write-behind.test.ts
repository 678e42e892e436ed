// Whose turn it is when a reading is refused. What a real database refuses is in observation-store.test.ts.

import { expect, it } from 'vitest'
import type { HostObservation } from '@/server/core/host/observation'
import { recordLog } from '../log/testing/recorded-log'
import { anObservation } from './testing/records'
import { createWriteBehind } from './write-behind'

const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`
const name = ({ hostId, observedAt }: HostObservation) => `${hostId}${observedAt.slice(9, 10)}`

/** Takes everything but these; `during` is called while one is written. */
function aWriter(refused: Set<string>, during: (observation: HostObservation) => void = () => {}) {
  const tried: string[] = []
  const { logger, logged } = recordLog()
  const behind = createWriteBehind(async (observation) => {
    tried.push(name(observation))
    await Promise.resolve()
    during(observation)
    if (refused.has(name(observation))) throw new Error('refused')
  }, logger)
  return { behind, tried, logged }
}

it('one that is refused holds up no other host, and is tried again after them', async () => {
  const { behind, tried } = aWriter(new Set(['a1']))
  const saved = ['a', 'b', 'c'].map((hostId) => behind.save(anObservation(hostId, at(1))))
  await Promise.all(saved)
  expect(tried).toEqual(['a1', 'b1', 'c1'])
  expect(['a', 'b', 'c'].map((hostId) => behind.unwritten(hostId)?.observedAt)).toEqual([at(1), undefined, undefined])
  await behind.save(anObservation('d', at(1)))
  expect(tried.slice(3)).toEqual(['a1', 'd1'])
  expect(behind.unwritten('d')).toBeUndefined()
})

it('where all are refused, each is tried once a round', async () => {
  const refused = new Set(['a1', 'b1'])
  const { behind, tried } = aWriter(refused)
  await Promise.all(['a', 'b'].map((hostId) => behind.save(anObservation(hostId, at(1)))))
  expect(tried).toEqual(['a1', 'b1'])
  refused.clear()
  await behind.settle()
  expect(tried.slice(2)).toEqual(['a1', 'b1'])
  expect([behind.unwritten('a'), behind.unwritten('b')]).toEqual([undefined, undefined])
})

it('a newer one that comes while the older is refused has its turn in the same round', async () => {
  let newer: Promise<void> | undefined
  const { behind, tried } = aWriter(new Set(['a1']), () => (newer ??= behind.save(anObservation('a', at(2)))))
  await Promise.all([behind.save(anObservation('a', at(1))), behind.save(anObservation('b', at(1)))])
  await newer
  expect(tried).toEqual(['a1', 'b1', 'a2'])
  expect(behind.unwritten('a')).toBeUndefined()
})

it('one that is refused over and over is logged once, and does not hide that another is refused later', async () => {
  const refused = new Set(['a1'])
  const { behind, logged } = aWriter(refused)
  for (const hostId of ['a', 'b', 'c']) await behind.save(anObservation(hostId, at(1)))
  expect(logged).toHaveLength(1)
  refused.add('d1')
  await behind.save(anObservation('d', at(1)))
  expect(logged).toHaveLength(2)
})
