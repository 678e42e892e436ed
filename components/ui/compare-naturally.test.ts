import { expect, it } from 'vitest'
import { compareNaturally, type SortValue } from './compare-naturally'

it.each<[string, readonly SortValue[], readonly SortValue[]]>([
  ['numbers in names', ['g10', 'g2', 'g1'], ['g1', 'g2', 'g10']],
  ['addresses', ['10.0.0.10', '10.0.0.9', '9.0.0.1'], ['9.0.0.1', '10.0.0.9', '10.0.0.10']],
  ['numbers', [100, 20, 3], [3, 20, 100]],
  ['yes and no', [true, false], [false, true]],
  ['what is not there, last', [null, 'b', '', 'a', undefined], ['a', 'b', null, '', undefined]],
])('orders %s', (_, values, sorted) => {
  // As the library does: a value that is not there is a value.
  const wrapped = values.map((value) => ({ value })).sort((left, right) => compareNaturally(left.value, right.value))
  expect(wrapped.map(({ value }) => value)).toEqual(sorted)
})
