import { expect, it } from 'vitest'
import { circlesIn } from './circles'

it.each([
  ['a chain has none', { a: ['b'], b: ['c'], c: [] }, []],
  ['two that need each other', { a: ['b'], b: ['a'], c: ['a'] }, [['a', 'b']]],
  ['one that needs itself', { a: ['a'] }, [['a']]],
  ['a diamond is none', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  [
    'a long way round, and another one',
    { a: ['b'], b: ['c'], c: ['a', 'x'], x: ['y'], y: ['x'] },
    [
      ['x', 'y'],
      ['a', 'b', 'c'],
    ],
  ],
])('%s', (_, graph, circles) => expect(circlesIn(new Map(Object.entries(graph as Record<string, string[]>)))).toEqual(circles))
