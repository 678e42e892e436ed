import { expect, it } from 'vitest'

import { formatBytes, formatCount } from './format'

it.each([
  [0, '0'],
  [842, '842'],
  [12_400, '12.4k'],
  [999_400, '999k'],
  [3_140_000, '3.1M'],
])('prints %d as %s', (value, text) => {
  expect(formatCount(value)).toBe(text)
})

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KiB'],
  [268_435_456, '256 MiB'],
  [1_610_612_736, '1.5 GiB'],
])('prints %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
