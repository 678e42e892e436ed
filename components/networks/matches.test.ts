import { expect, it } from 'vitest'

import { matches } from './matches'

it.each([
  ['', [], true],
  ['  ', ['blue'], true],
  [' BLUE ', ['red', 'a blue one'], true],
  ['blue', ['Blue'], true],
  ['green', ['blue', 'red'], false],
])('the filter %j leaves %j: %j', (filter, words, expected) => expect(matches(filter, words)).toBe(expected))
