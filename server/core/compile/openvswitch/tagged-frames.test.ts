import { expect, it } from 'vitest'
import { ids, sampleTopology } from '../../testing/sample-topology'
import { parentId, trunkTopology } from '../../testing/sample-trunk'
import type { Port } from '../../topology/kinds/port/port'
import type { Topology } from '../../topology/topology'
import { compileHost } from '../compile'

const cmp1 = ids.host(2)
const filtered = (topology: Topology, change: Partial<Port> = {}): Topology => ({
  ...topology,
  ports: topology.ports.map((port, index) =>
    port.deviceOwner === 'compute:nova' ? { ...port, securityGroupIds: [], conntrackZone: 4097 + index, ...change } : port,
  ),
})
const guards = (topology: Topology, hostId = cmp1) =>
  compileHost(topology, hostId)
    .flows.filter(({ table, priority }) => table === 0 && priority === 110)
    .map(({ bridge, match, actions }) => `${bridge} ${match} ${actions}`)

const SECOND_TAGS = ['br-int dl_type=0x8100 drop', 'br-int dl_type=0x88a8 drop']

it('a filtered port sends no tag, and no second one crosses br-int', () => {
  expect(guards(filtered(sampleTopology({ networks: [2] })))).toEqual([
    ...SECOND_TAGS,
    'br-int in_port=qvoff000022-00,vlan_tci=0x1000/0x1000 drop',
  ])
})

it('the parent of a trunk sends those of its subports, and no empty one', () => {
  const found = guards(filtered(trunkTopology()))
  expect(found).toContain(`tbr-ce000001-0 dl_vlan=0,in_port=qvo${parentId.slice(0, 11)} drop`)
  expect(found.filter((each) => each.includes(parentId.slice(0, 11)))).toHaveLength(1)
})

it.each<[string, Partial<Port>]>([
  ['from before there were groups', { securityGroupIds: undefined }],
  ['without port security', { isPortSecurityEnabled: false }],
])('one %s sends what it likes', (_, change) => {
  expect(guards(filtered(sampleTopology({ networks: [2] }), change))).toEqual([])
})

it('a host without VMs is left alone', () => {
  expect(guards(filtered(sampleTopology({ networks: [2] })), ids.host(1))).toEqual([])
})
