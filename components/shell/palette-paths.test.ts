import { expect, it } from 'vitest'

import { floatingId, FLOATING, floated, routedTopology } from '@/server/core/path/testing/routed-cloud'

import { findEntries, paletteEntries } from './palette-entries'
import { findPaths } from './palette-paths'

const topology = routedTopology({ isDistributed: true })
const entries = paletteEntries(topology)
const offered = (query: string) =>
  findPaths(topology, findEntries(entries, query), query).map(({ label, hint, href }) => [label, hint, href])

it.each<[string, readonly (readonly string[])[]]>([
  [FLOATING, [['Path to vxlan-1', FLOATING, `/path?to=${floatingId}`]]],
  [
    '10.0.3.3',
    [
      ['Path to vxlan-1', FLOATING, `/path?to=${floatingId}`],
      ['Path from vxlan-1', '10.0.3.3', `/path?from=${floated}`],
    ],
  ],
  ['fa:16:3e:00:03:02', [['Path from vxlan-1', '10.0.3.3', `/path?from=${floated}`]]],
  ['tapff000032', [['Path from vxlan-1', '10.0.3.3', `/path?from=${floated}`]]],
  ['10.0.3.1', [['Path from router r1 in vxlan on net1, cmp1, cmp2', '10.0.3.1', '/path?from=b0000003-0000-4000-8000-000000000001']]],
  ['qr-b0000003', [['Path from router r1 in vxlan on net1, cmp1, cmp2', '10.0.3.1', '/path?from=b0000003-0000-4000-8000-000000000001']]],
  ['198.51.100.10', [['Path to 198.51.100.10', 'outside', '/path?to=198.51.100.10']]],
  ['224.0.0.1', []],
  ['198.51.100', []],
  ['nothing like it', []],
])('offers for %s', (query, paths) => {
  expect(offered(query)).toEqual(expect.arrayContaining([...paths]))
  if (paths.length === 0) expect(offered(query)).toEqual([])
})

it('pushes no object out of sight', () => expect(offered('vxlan').length).toBeLessThanOrEqual(3))
