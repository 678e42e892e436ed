import { expect, it } from 'vitest'
import type { Mismatch } from '../packet/mismatch'
import { mismatchWords } from './mismatch'

const now: readonly Mismatch[] = [
  { field: 'encapsulation', expected: { kind: 'vxlan', vni: 1508 }, seen: 'untagged' },
  { field: 'outer-tag', expected: [null], seen: '120.7' },
  { field: 'destination-ip', expected: ['10.0.0.9', '255.255.255.255'], seen: null },
]

it('names each field with what is there and what should be', () =>
  expect(mismatchWords(now)).toBe(
    'untagged instead of VXLAN 1508, outer tag 120.7 instead of nothing, destination IP nothing instead of 10.0.0.9 or 255.255.255.255',
  ))

it('quotes a record from before it was data', () =>
  expect(
    mismatchWords([
      { field: 'encapsulation', expected: 'untagged', seen: '802.1Q 120' },
      { field: 'outer source', expected: '192.0.2.1', seen: '192.0.2.2' },
    ]),
  ).toBe('802.1Q 120 instead of untagged, outer source 192.0.2.2 instead of 192.0.2.1'))
