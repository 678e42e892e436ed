import { expect, it } from 'vitest'
import { printTimeSpent } from './time-spent'

it('names each stage in its order, and the slowest files of all of them', () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ file: `${index}.test.ts`, seconds: index }))
  const stages = [
    { title: 'types', seconds: 9.31, files: [] },
    { title: 'unit tests', seconds: 140.6, files },
    { title: 'browser', seconds: 600, files: [{ file: 'a.spec.ts', seconds: 240 }] },
  ]
  expect(printTimeSpent(stages, 1234.5).split('\n')).toEqual([
    'Time spent: 1234.5 s',
    '     9.3 s  types',
    '   140.6 s  unit tests',
    '   600.0 s  browser',
    'The slowest of 13 test files:',
    '   240.0 s  a.spec.ts',
    ...[11, 10, 9, 8, 7, 6, 5, 4, 3].map((index) => `${`${index}.0 s`.padStart(10)}  ${index}.test.ts`),
  ])
})
