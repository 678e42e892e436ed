import { describe, expect, it } from 'vitest'
import { atMost, fasterThanRival, median, nearFloor, nearRival, noBar, within } from './bench'
import { printRows } from './print-rows'

describe('bars', () => {
  it.each([
    ['as fast as asked', fasterThanRival(4, { case: 'c', ours: 10, rival: 40 }), true],
    ['too slow', fasterThanRival(4, { case: 'c', ours: 10, rival: 39 }), false],
    ['no slower than may be', nearRival(1.2, { case: 'c', ours: 12, rival: 10 }), true],
    ['slower than that', nearRival(1.2, { case: 'c', ours: 12.1, rival: 10 }), false],
    ['near the floor', nearFloor(1.3, { case: 'c', ours: 13, floor: 10 }), true],
    ['too far from it', nearFloor(1.3, { case: 'c', ours: 13.1, floor: 10 }), false],
    ['none at all', atMost(0, { case: 'c', ours: 0 }), true],
    ['within what others took', within('2 x floor', 10, { case: 'c', ours: 10 }), true],
    ['beyond it', within('2 x floor', 10, { case: 'c', ours: 10.1 }), false],
    ['one too many', atMost(0, { case: 'c', ours: 1 }), false],
    ['nothing promised', noBar({ case: 'c', ours: 1 }), null],
  ])('%s', (_, row, ok) => expect(row.ok).toBe(ok))

  it('a row has every column, also where there is neither rival nor floor', () => {
    expect(atMost(50, { case: 'blocked (ms)', ours: 7 })).toEqual({
      case: 'blocked (ms)',
      ours: 7,
      rival: null,
      floor: null,
      bar: 'ours <= 50',
      ok: true,
    })
  })
})

it('median', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('prints a table, with how often ours fits into rival and floor', () => {
  const rows = [
    { name: 'observe', ...fasterThanRival(4, { case: 'first pass (ms)', ours: 10, rival: 42.5 }) },
    { name: 'observe', ...noBar({ case: 'flows', ours: 20000 }) },
  ]
  expect(printRows(rows)).toBe(
    [
      'case             ours   rival  floor  bar                ok',
      'first pass (ms)  10     42.5   -      rival / ours >= 4  yes, 4.25',
      'flows            20000  -      -      -                  -',
    ].join('\n'),
  )
})
