import { describe, expect, it } from 'vitest'

import { ids } from '@/server/core/testing/sample-topology'
import { blueId, parentId, redId, sampleTrunk, trunkTopology } from '@/server/core/testing/sample-trunk'

import { addressText, indexTopology, segmentText } from './topology-index'

const topology = trunkTopology()
const index = indexTopology(topology, [{ kind: 'vm', id: ids.vm(1, 2), name: 'flat-1', action: 'create', fields: [] }])

describe('look-ups over the design', () => {
  it('find each object by its id but hosts, which have pages of their own', () => {
    const { objects } = index
    expect(objects.get(redId)).toEqual({ kind: 'port', item: topology.ports.find(({ id }) => id === redId) })
    expect(objects.has(ids.host(2))).toBe(false)
    expect(objects.size).toBe(
      topology.projects.length +
        topology.physicalNetworks.length +
        topology.networks.length +
        topology.subnets.length +
        topology.ports.length +
        topology.vms.length +
        topology.trunks.length,
    )
  })

  it('tell a parent, a subport and a port that is neither', () => {
    const roleOf = (id: string) => [index.trunkOf(id)?.id ?? null, index.memberOf(id)?.subPort.segmentationId ?? null]
    expect([parentId, redId, blueId, ids.port(1, 2)].map(roleOf)).toEqual([
      [sampleTrunk.id, null],
      [null, 301],
      [null, 302],
      [null, null],
    ])
  })

  it('find the VM of a NIC, and none of a subport or a DHCP port', () => {
    const vmOf = (id: string) => index.vmOf(index.port(id)!)?.name ?? null
    expect([parentId, redId, ids.port(1, 1)].map(vmOf)).toEqual(['vlan-1', null, null])
  })

  it('answer nothing for what is nowhere, and empty lists where nothing is', () => {
    expect([index.host(null), index.host('x'), index.physicalNetwork(null), index.port('x'), index.project('x')]).toEqual(
      Array(5).fill(undefined),
    )
    expect([index.portsOf('x'), index.subnetsOf('x')]).toEqual([[], []])
  })

  it('know what a change does to an object', () => {
    expect([index.actionOf(ids.vm(1, 2)), index.actionOf(ids.vm(1, 3))]).toEqual(['create', null])
  })
})

it.each([
  [1, 'untagged on physnet1'],
  [2, 'VLAN 120 on physnet1'],
  [3, 'VNI 1507'],
])('segment of network %i', (number, text) => expect(segmentText(index, index.network(ids.network(number))!)).toBe(text))

it.each([
  [[], ''],
  [['10.0.0.5'], '10.0.0.5'],
  [['10.0.0.5', '10.0.1.5'], '10.0.0.5 10.0.1.5'],
])('addresses %j', (addresses, text) =>
  expect(addressText({ fixedIps: addresses.map((ipAddress) => ({ subnetId: 's', ipAddress })) })).toBe(text),
)
