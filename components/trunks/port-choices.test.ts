import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { ids } from '@/server/core/testing/sample-topology'
import { blueId, parentId, trunkTopology } from '@/server/core/testing/sample-trunk'
import type { ObjectChange } from '@/server/core/plan/change'

import { inNetwork, portOptions, toPort, whyNotNic, whyNotParent, whyNotSubPort } from './port-choices'

const topology = trunkTopology()
const vm = topology.vms.find(({ portIds }) => !portIds.includes(parentId))!
const nicId = vm.portIds[0]!
const created: ObjectChange = { kind: 'vm', id: vm.id, name: vm.name, action: 'create', fields: [] }
const index = indexTopology(topology, [])
const beforeBoot = indexTopology(topology, [created])
const port = (id: string) => index.port(id)!

describe('ports that cannot be chosen say why', () => {
  it.each([
    ['the parent of a trunk', whyNotParent(index, port(parentId)), 'parent of trunk'],
    ['a subport', whyNotParent(index, port(blueId)), 'subport of trunk'],
    ['the NIC of a VM that runs', whyNotParent(index, port(nicId)), `VM ${vm.name} has booted with it`],
    ['the NIC of a VM that is only designed', whyNotParent(beforeBoot, port(nicId)), null],
    ['a parent as subport', whyNotSubPort(index, port(parentId)), 'parent of trunk'],
    ['a subport elsewhere', whyNotSubPort(index, port(blueId)), 'subport of trunk'],
    ['a NIC as subport', whyNotSubPort(index, port(nicId)), `a NIC of VM ${vm.name}`],
    ['a subport as NIC', whyNotNic(index, port(blueId)), 'subport of trunk'],
  ])('%s', (_, reason, expected) => expect(reason).toBe(expected))

  it('and stand behind those that can', () => {
    const options = portOptions(beforeBoot, (each) => whyNotParent(beforeBoot, each))
    const groups = options.map(({ group, isDisabled }) => `${group} ${isDisabled === true}`)
    expect(groups).toEqual(groups.toSorted((a, b) => order(a) - order(b)))
    expect(options.find(({ value }) => value === `port:${parentId}`)).toMatchObject({
      isDisabled: true,
      label: expect.stringContaining('parent of trunk'),
    })
  })
})

const order = (group: string): number => (group.startsWith('New') ? 0 : group.endsWith('false') ? 1 : 2)

it.each([
  ['', {}],
  [inNetwork(ids.network(1)), { networkId: ids.network(1) }],
  [`port:${blueId}`, { portId: blueId }],
] as const)('%s is sent as %j', (choice, sent) => expect(toPort(choice)).toEqual(sent))
