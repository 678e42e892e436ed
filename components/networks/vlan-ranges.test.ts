import { expect, it } from 'vitest'

import { formatVlanRanges, parseVlanRanges } from './vlan-ranges'

it.each([
  ['', []],
  ['100-199', [{ min: 100, max: 199 }]],
  [
    '100:199, 300',
    [
      { min: 100, max: 199 },
      { min: 300, max: 300 },
    ],
  ],
])('reads %j', (text, ranges) => {
  expect(parseVlanRanges(text)).toEqual({ isOk: true, ranges })
})

it('says what it cannot read', () => {
  expect(parseVlanRanges('100-199, x')).toEqual({ isOk: false, message: '“x” is neither a VLAN id nor a range like 100-199.' })
})

it('prints what it reads', () => {
  expect(
    formatVlanRanges([
      { min: 100, max: 199 },
      { min: 300, max: 300 },
    ]),
  ).toBe('100-199, 300')
})
