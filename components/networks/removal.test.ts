import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { ids } from '@/server/core/testing/sample-topology'
import { parentId, trunkId, trunkTopology } from '@/server/core/testing/sample-trunk'

import { describeRemoval, refusalOf } from './removal'

const topology = trunkTopology()
const index = indexTopology(topology, [])
const removalOf = (id: string, of = index) => describeRemoval(of, of.objects.get(id)!)

describe('what deleting an object means', () => {
  it.each<[string, string, string]>([
    ['network', ids.network(1), 'network flat'],
    ['subnet', ids.subnet(1), 'subnet subnet-1'],
    ['VM', ids.vm(1, 2), 'VM flat-1'],
    ['trunk', trunkId, 'trunk trunk'],
  ])('a %s is named', (word, id, what) => expect(removalOf(id)).toMatchObject({ what, verb: `Delete ${word}` }))

  it('a VM takes its ports along', () => {
    expect(removalOf(ids.vm(1, 2))).toMatchObject({ destroyed: ['port flat-1 eth0 10.0.1.3'], refusal: null })
  })

  it('a network takes its subnets and its DHCP ports along, once nobody uses it', () => {
    const ports = topology.ports.filter(({ networkId, deviceOwner }) => networkId !== ids.network(1) || deviceOwner === 'network:dhcp')
    const trunks = topology.trunks.map((trunk) => ({ ...trunk, subPorts: trunk.subPorts.slice(0, 1) }))
    const vms = topology.vms.filter(({ portIds }) => portIds.every((id) => ports.some((port) => port.id === id)))
    const { destroyed, refusal } = removalOf(ids.network(1), indexTopology({ ...topology, ports, trunks, vms }, []))
    expect(refusal).toBeNull()
    expect(destroyed).toEqual(['subnet subnet-1 10.0.1.0/24', 'port DHCP of flat 10.0.1.2'])
  })

  it.each([
    ['a network with VMs in it', ids.network(1), /flat-1/],
    ['a subnet with addresses in use', ids.subnet(2), /vlan-1/],
    ['a NIC of a VM', parentId, /belongs to VM "vlan-1"/],
    ['a project with anything in it', ids.project, /demo|network/i],
  ])('%s stays, and it is said why', (_, id, reason) => expect(removalOf(id).refusal).toMatch(reason))

  it('a host that VMs run on stays', () => {
    expect(refusalOf(topology, { kind: 'host', item: topology.hosts[1]! })).toMatch(/flat-1/)
  })
})
