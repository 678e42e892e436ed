import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { nestedTopology } from '@/server/core/testing/sample-nested'
import { ids } from '@/server/core/testing/sample-topology'
import { blueId, parentId, redId, trunkId, trunkTopology } from '@/server/core/testing/sample-trunk'

import { relatedGroups } from './related-objects'

const index = indexTopology(trunkTopology(), [])
const groupsOf = (id: string, of = index) =>
  [...relatedGroups(of, of.objects.get(id)!)].map(([group, members]) => [
    group,
    ...members.map(({ name, detail }) => `${name} ${detail}`.trim()),
  ])

describe('what hangs together with an object', () => {
  it.each<[string, string, string[][]]>([
    [
      'a project has its networks and its VMs, each with where it is',
      ids.project,
      [
        ['Networks', 'flat flat', 'vlan vlan', 'vxlan vxlan'],
        ['VMs', 'flat-1 cmp1', 'flat-2 cmp2', 'vlan-1 cmp1', 'vlan-2 cmp2', 'vxlan-1 cmp1', 'vxlan-2 cmp2'],
      ],
    ],
    ['a physical network has the networks on it, by VLAN', ids.physnet, [['Networks', 'flat flat', 'vlan 120']]],
    [
      'a network has its project, its subnets and its ports',
      ids.network(1),
      [
        ['Project', 'demo'],
        ['Subnets', 'subnet-1 10.0.1.0/24'],
        ['Ports', 'DHCP of flat 10.0.1.2', 'flat-1 eth0 10.0.1.3', 'flat-2 eth0 10.0.1.4', 'vlan-1 eth0.302 10.0.1.8'],
      ],
    ],
    [
      'a subnet has its network, and the ports with an address of it',
      ids.subnet(3),
      [
        ['Network', 'vxlan vxlan'],
        ['Ports', 'DHCP of vxlan 10.0.3.2', 'vxlan-1 eth0 10.0.3.3', 'vxlan-2 eth0 10.0.3.4', 'vlan-1 eth0.301 10.0.3.8'],
      ],
    ],
    [
      'the parent of a trunk has its VM, the trunk and what is below it',
      parentId,
      [
        ['VM', 'vlan-1'],
        ['Parent of trunk', 'trunk 2 subports'],
        ['Subports', 'vlan-1 eth0.301 VLAN 301 10.0.3.8', 'vlan-1 eth0.302 VLAN 302 10.0.1.8'],
        ['Network', 'vlan vlan'],
        ['Host', 'cmp1 192.168.150.12'],
      ],
    ],
    [
      'a subport leads up to the trunk, the VM and the parent',
      redId,
      [
        ['Subport of trunk', 'trunk 2 subports'],
        ['VM', 'vlan-1'],
        ['Parent port', 'vlan-1 eth0 10.0.2.3'],
        ['Network', 'vxlan vxlan'],
        ['Host', 'cmp1 192.168.150.12'],
      ],
    ],
    [
      'a VM has its host, its project, its ports, and the trunks of these with their subports',
      ids.vm(2, 2),
      [
        ['Host', 'cmp1 192.168.150.12'],
        ['Project', 'demo'],
        ['Ports', 'vlan-1 eth0 10.0.2.3'],
        ['Trunks', 'trunk 2 subports'],
        ['Subports', 'vlan-1 eth0.301 VLAN 301 10.0.3.8', 'vlan-1 eth0.302 VLAN 302 10.0.1.8'],
      ],
    ],
    [
      'a trunk has its VM, its parent, its project and its subports',
      trunkId,
      [
        ['VM', 'vlan-1'],
        ['Parent port', 'vlan-1 eth0 10.0.2.3'],
        ['Project', 'demo'],
        ['Subports', 'vlan-1 eth0.301 VLAN 301 10.0.3.8', 'vlan-1 eth0.302 VLAN 302 10.0.1.8'],
      ],
    ],
  ])('%s', (_, id, groups) => expect(groupsOf(id)).toEqual(groups))

  it('a nested uplink has its VM and the physical network that it brings there', () => {
    const nested = indexTopology(nestedTopology(), [])
    const uplink = nested.topology.nestedUplinks[0]!
    expect(groupsOf(uplink.id, nested)).toEqual([
      ['VM', 'vlan-1'],
      ['Physical network', 'physnet1'],
    ])
  })

  it('leads each to its own page', () => {
    const hrefs = [...relatedGroups(index, index.objects.get(parentId)!).values()].flat().map(({ href }) => href)
    expect(hrefs).toEqual([
      `/networks?tab=vms&sel=${ids.vm(2, 2)}`,
      `/trunks/${trunkId}`,
      `/networks?tab=ports&sel=${redId}`,
      `/networks?tab=ports&sel=${blueId}`,
      `/networks?sel=${ids.network(2)}`,
      `/hosts/${ids.host(2)}`,
    ])
  })
})

it('says nothing of what is not there any more', () => {
  const { ports, ...design } = trunkTopology()
  const gone = indexTopology({ ...design, ports: ports.filter(({ id }) => id !== redId), projects: [], hosts: [] }, [])
  expect(groupsOf(ids.vm(2, 2), gone)).toEqual([
    ['Ports', 'vlan-1 eth0 10.0.2.3'],
    ['Trunks', 'trunk 2 subports'],
    ['Subports', 'vlan-1 eth0.302 VLAN 302 10.0.1.8'],
  ])
})
