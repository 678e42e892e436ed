import { expect, it } from 'vitest'

import { capturesBeyond, type CaptureFile } from './choose-captures'
import { defaultRetention, momentsOf } from './retention'
import { readRetention, retentionInput } from './retention-input'

const now = new Date('2026-06-30T12:00:00.000Z')
const MIB = 1024 * 1024
const hoursOld = (id: string, hours: number, mib = 1): CaptureFile => ({
  id,
  bytes: mib * MIB,
  changedAtMs: now.getTime() - hours * 3_600_000,
})
const files = [hoursOld('new', 0.5), hoursOld('day', 24), hoursOld('week', 24 * 7), hoursOld('month', 24 * 30)]

it.each<[string, { count?: number; days?: number | null; mib?: number }, string[]]>([
  ['nothing within the limits', {}, []],
  ['by number, the oldest', { count: 2 }, ['week', 'month']],
  ['by age', { days: 10 }, ['month']],
  ['by space', { mib: 3 }, ['month']],
  ['nothing of the last hour, whatever the limits', { count: 0, days: 1, mib: 0 }, ['day', 'week', 'month']],
])('captures go %s', (_, { count = 10, days = null, mib = 100 }, gone) => {
  expect(capturesBeyond(files, { captures: { count, days }, captureMib: mib }, now).map(({ id }) => id)).toEqual(gone)
})

it('without an age nothing is too old', () => {
  expect(momentsOf({ count: 1, days: null }, now)).toEqual({ settledBefore: '2026-06-30T11:00:00.000Z', staleBefore: '' })
  expect(momentsOf({ count: 1, days: 2 }, now).staleBefore).toBe('2026-06-28T12:00:00.000Z')
})

it.each<[string, object, string]>([
  ['too few', { runs: { count: 9, days: null } }, 'runs.count'],
  ['too many', { plans: { count: 1_001, days: null } }, 'plans.count'],
  ['no day', { captures: { count: 400, days: 0 } }, 'captures.days'],
  ['half a file', { captureMib: 16.5 }, 'captureMib'],
])('%s is refused at its field', (_, changes, field) => {
  const { success, error } = retentionInput.safeParse({ ...defaultRetention, ...changes })
  expect([success, error?.issues.map(({ path }) => path.join('.'))]).toEqual([false, [field]])
})

it.each<[string, unknown, object]>([
  ['nothing', null, {}],
  ['what is no record', 'nonsense', {}],
  ['an earlier version, with fewer kinds', { runs: { count: 50, days: 7 } }, { runs: { count: 50, days: 7 } }],
  ['whoever wrote no number', { runs: { count: 'all', days: null }, captureMib: 64 }, { captureMib: 64 }],
  ['a version with other bounds', { plans: { count: 1, days: null } }, { plans: { count: 1, days: null } }],
])('stored by %s, the rest has its default', (_, stored, changes) =>
  expect(readRetention(stored)).toEqual({ ...defaultRetention, ...changes }),
)
