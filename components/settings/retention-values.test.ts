import { expect, it } from 'vitest'

import { defaultRetention } from '@/server/core/retention/retention'

import { outOfBounds, toRetention } from './retention-values'

it('boxes within their bounds are the limits', () => {
  expect(toRetention(defaultRetention)).toEqual(defaultRetention)
  expect(outOfBounds(defaultRetention)).toEqual({})
})

it('an empty box is no age, but no number either, and each box has its bounds', () => {
  const values = { ...defaultRetention, runs: { count: null, days: null }, captures: { count: 400, days: 4_000 }, captureMib: 1 }
  expect(toRetention(values)).toBeNull()
  expect(outOfBounds(values)).toEqual({
    'runs.count': { min: 10, max: 100_000 },
    'captures.days': { min: 1, max: 3_650 },
    captureMib: { min: 16, max: 65_536 },
  })
})
