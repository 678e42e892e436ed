import { expect, it } from 'vitest'

import { formatCount } from './format'

it.each([
  [0, '0'],
  [842, '842'],
  [12_400, '12.4k'],
  [999_400, '999k'],
  [3_140_000, '3.1M'],
])('prints %d as %s', (value, text) => {
  expect(formatCount(value)).toBe(text)
})
