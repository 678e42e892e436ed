import { describe, expect, it } from 'vitest'

import { age, duration, joinSome, joinWords, plural, rate } from './words'

describe('words', () => {
  it.each([
    [0, '0 steps'],
    [1, '1 step'],
    [2, '2 steps'],
    [4_000, '4,000 steps'],
  ])('plural(%i)', (count, text) => expect(plural(count, 'step')).toBe(text))

  it.each<[readonly string[], string]>([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('joinWords(%j)', (words, text) => expect(joinWords(words)).toBe(text))

  it('joinSome names the first few', () => expect(joinSome(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more'))

  it.each([
    [340, '340 ms'],
    [3_240, '3.2 s'],
    [64_000, '1 min 04 s'],
    [59_990, '1 min 00 s'],
    [7_500_000, '2 h 05 min'],
  ])('duration(%i)', (ms, text) => expect(duration(ms)).toBe(text))

  it.each([
    [0, 'just now'],
    [2_000, '2 s ago'],
    [300_000, '5 min ago'],
    [7_200_000, '2 h ago'],
    [-5_000, 'just now'],
  ])('age(%i)', (ms, text) => expect(age('2026-01-01T00:00:00.000Z', Date.UTC(2026, 0, 1) + ms)).toBe(text))

  it.each([
    [0, '0/s'],
    [0.4, '+0.4/s'],
    [1, '+1/s'],
    [42.2, '+42/s'],
    [12_345, '+12.3k/s'],
  ])('rate(%d)', (perSecond, text) => expect(rate(perSecond)).toBe(text))
})
