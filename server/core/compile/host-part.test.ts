import { describe, expect, it } from 'vitest'
import { ids, sampleTopology } from '../testing/sample-topology'
import type { Topology } from '../topology/topology'
import { compileHost } from './compile'
import { hostPart, isSamePart } from './host-part'

const topology = sampleTopology()
const [cmp1, cmp2, net1] = [ids.host(2), ids.host(3), ids.host(1)]
const edited = <Item extends { readonly id: string }>(items: readonly Item[], id: string, changes: Partial<Item>): readonly Item[] =>
  items.map((item) => (item.id === id ? { ...item, ...changes } : item))

describe('the part of a host', () => {
  it('is all that its compile sees', () => {
    for (const { id } of topology.hosts) expect(compileHost(hostPart(topology, id), id)).toEqual(compileHost(topology, id))
  })

  const port = topology.ports.find(({ hostId, deviceOwner }) => hostId === cmp1 && deviceOwner === 'compute:nova')!
  const besides: Topology['projects'] = [...topology.projects, { id: 'p', name: 'another' }]
  it.each<[string, Topology, boolean]>([
    ['a project comes', { ...topology, projects: besides }, true],
    [
      'another host changes that has no network in common',
      { ...topology, hosts: [...topology.hosts, { ...topology.hosts[0]!, id: 'h' }] },
      true,
    ],
    ['a port of a network here changes, wherever it is', { ...topology, ports: edited(topology.ports, port.id, { name: 'other' }) }, false],
    ['a host with a port of a network here changes', { ...topology, hosts: edited(topology.hosts, cmp1, { description: 'x' }) }, false],
    [
      'a local VLAN of another host changes',
      { ...topology, localVlans: topology.localVlans.filter(({ hostId }) => hostId !== cmp1) },
      true,
    ],
  ])('when %s', (_, changed, isSame) => {
    expect(isSamePart(hostPart(topology, net1), hostPart(changed, net1))).toBe(isSame)
  })
})

describe('compiling again', () => {
  it('gives the same state while nothing changes that concerns the host, and another one when it does', () => {
    const before = compileHost(topology, cmp2)
    expect(compileHost({ ...topology }, cmp2)).toBe(before)
    const [vm] = topology.vms.filter(({ hostId }) => hostId === cmp2)
    const changed = { ...topology, vms: edited(topology.vms, vm!.id, { memoryMib: vm!.memoryMib + 1 }) }
    expect(compileHost(changed, cmp2)).not.toBe(before)
    expect(compileHost(changed, cmp2).domains).not.toEqual(before.domains)
  })
})
