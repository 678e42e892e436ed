import { expect, it } from 'vitest'

import { makeOneOfEach } from '@/server/core/topology/testing/one-of-each'

import { plainRows, printedColumns } from './plain-rows'

const topology = makeOneOfEach()
const uplink = topology.nestedUplinks[0]!

it('a plain kind is listed by its label, with its printed fields', () => {
  const rows = plainRows(topology, 'nestedUplink', '')
  expect(rows.map(({ id, label }) => [id, label])).toEqual([[uplink.id, 'nested uplink of web-1 to physnet1']])
  expect(printedColumns(rows)).toEqual(['VM', 'physical network', 'devices', 'MAC'])
})

it.each([
  ['its name', 'WEB-1', 1],
  ['a printed field', 'physnet', 1],
  ['an address', uplink.macAddress, 1],
  ['nothing of it', 'web-2', 0],
])('it is found by %s', (_, filter, count) => expect(plainRows(topology, 'nestedUplink', filter)).toHaveLength(count))
