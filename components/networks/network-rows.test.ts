import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { ids, sampleTopology } from '@/server/core/testing/sample-topology'

import { filterPhysicalNetworks, filterPorts, filterVms, networkRows, type NetworkRow } from './network-rows'

const topology = sampleTopology()
const index = indexTopology(
  {
    ...topology,
    projects: [{ id: 'p10', name: 'team-10' }, { id: 'p2', name: 'team-2' }, ...topology.projects],
    vms: topology.vms.map((vm, at) => (at === 0 ? { ...vm, name: 'web-10' } : at === 1 ? { ...vm, name: 'web-9' } : vm)),
  },
  [],
)
const nameOf = (row: NetworkRow) =>
  row.kind === 'project' ? `${row.project.name} (${row.networkCount})` : row.kind === 'network' ? row.network.name : row.subnet.name
const rows = (filter: string) => networkRows(index, filter).map(nameOf)

describe('rows of projects, networks and subnets', () => {
  it.each<[string, string, string[]]>([
    [
      'all of them, numbers in names as numbers',
      '',
      ['demo (3)', 'flat', 'subnet-1', 'vlan', 'subnet-2', 'vxlan', 'subnet-3', 'team-2 (0)', 'team-10 (0)'],
    ],
    ['a project that matches stays whole', 'DEMO', ['demo (3)', 'flat', 'subnet-1', 'vlan', 'subnet-2', 'vxlan', 'subnet-3']],
    ['a project without networks is found by its name', 'team-1', ['team-10 (0)']],
    ['a network is found by its segment, its project counts all of its networks', 'vlan 120', ['demo (3)', 'vlan', 'subnet-2']],
    ['a network is found by a subnet', '10.0.3.', ['demo (3)', 'vxlan', 'subnet-3']],
    ['blanks around are nothing', '  flat ', ['demo (3)', 'flat', 'subnet-1']],
    ['nothing', 'no such thing', []],
  ])('%s', (_, filter, names) => expect(rows(filter)).toEqual(names))
})

describe('filters of the other tables', () => {
  it.each<[string, string, number]>([
    ['a MAC', 'FA:16:3E:00:01:02', 1],
    ['an address', '10.0.2.', 3],
    ['a host', 'cmp2', 3],
    ['a network', 'vxlan', 3],
    ['everything', '', 9],
  ])('ports by %s', (_, filter, count) => expect(filterPorts(index, filter)).toHaveLength(count))

  it('VMs by host, in the order of their names', () => {
    expect(filterVms(index, 'web').map(({ name }) => name)).toEqual(['web-9', 'web-10'])
    expect(filterVms(index, 'cmp1').map(({ name }) => name)).toEqual(['vlan-1', 'vxlan-1', 'web-10'])
    expect(filterVms(index, 'demo')).toHaveLength(6)
  })

  it('physical networks by name and id', () => {
    expect([
      filterPhysicalNetworks(index, 'physnet1'),
      filterPhysicalNetworks(index, ids.physnet),
      filterPhysicalNetworks(index, 'x'),
    ]).toEqual([topology.physicalNetworks, topology.physicalNetworks, []])
  })
})
