import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ids, sampleTopology } from '../testing/sample-topology'
import { trunkTopology } from '../testing/sample-trunk'
import { bindSubPorts } from '../topology/kinds/trunk/bind-sub-ports'
import type { Topology } from '../topology/topology'
import { compileHost } from './compile'
import { hostPart, isSamePart, topologyOf } from './host-part'

const topology = sampleTopology()
const [cmp1, cmp2, net1] = [ids.host(2), ids.host(3), ids.host(1)]
const edited = <Item extends { readonly id: string }>(items: readonly Item[], id: string, changes: Partial<Item>): readonly Item[] =>
  items.map((item) => (item.id === id ? { ...item, ...changes } : item))

describe('the part of a host', () => {
  it('is all that its compile sees', () => {
    for (const host of topology.hosts) {
      const part = topologyOf(hostPart(topology, host))
      // Another object, so that it is compiled and not remembered.
      const alone = { ...part, hosts: part.hosts.map((each) => ({ ...each })) }
      expect(compileHost(alone, host.id)).toEqual(compileHost(topology, host.id))
    }
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
    ['a port of a network here comes', { ...topology, ports: [...topology.ports, { ...port, id: 'another' }] }, false],
    ['hosts change places', { ...topology, hosts: topology.hosts.toReversed() }, false],
    ['networks change places', { ...topology, networks: topology.networks.toReversed() }, false],
    [
      'a subnet of a network here changes',
      { ...topology, subnets: edited(topology.subnets, topology.subnets[0]!.id, { gatewayIp: null }) },
      false,
    ],
    [
      'a local VLAN of another host changes',
      { ...topology, localVlans: topology.localVlans.filter(({ hostId }) => hostId !== cmp1) },
      true,
    ],
  ])('when %s', (_, changed, isSame) => {
    const [before, after] = [topology, changed].map((each) =>
      hostPart(
        each,
        each.hosts.find(({ id }) => id === net1)!,
      ),
    )
    expect(isSamePart(before!, after!)).toBe(isSame)
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

  it('gives the same state also where the network of an edit is on the host, and what it is wired by says the same', () => {
    const port = topology.ports.find(({ hostId, deviceOwner }) => hostId === cmp1 && deviceOwner === 'compute:nova')!
    const fixedIps = port.fixedIps.map((fixed) => ({ ...fixed, ipAddress: '10.0.9.9' }))
    const changed = { ...topology, ports: edited(topology.ports, port.id, { fixedIps }) }
    const [before, after] = [topology, changed].map((each) => each.hosts.map(({ id }) => compileHost(each, id)))
    const isSame = topology.hosts.map(({ id }, index) => [id, before![index] === after![index]])
    // Its own filters, and the DHCP server.
    expect(isSame).toEqual([
      [net1, false],
      [cmp1, false],
      [cmp2, true],
    ])
  })

  const [port, network, vm, subnet] = [topology.ports[1]!, topology.networks[0]!, topology.vms[0]!, topology.subnets[0]!]
  const edits: readonly (readonly [string, (before: Topology) => Topology])[] = [
    ['a MAC address', (each) => ({ ...each, ports: edited(each.ports, port.id, { macAddress: 'fa:16:3e:99:99:99' }) })],
    ['a port that is down', (each) => ({ ...each, ports: edited(each.ports, port.id, { isAdminStateUp: false }) })],
    ['a network that is down', (each) => ({ ...each, networks: edited(each.networks, network.id, { isAdminStateUp: false }) })],
    ['an MTU', (each) => ({ ...each, networks: edited(each.networks, network.id, { mtu: 1400 }) })],
    ['a gateway', (each) => ({ ...each, subnets: edited(each.subnets, subnet.id, { gatewayIp: null }) })],
    ['a VM that goes', (each) => ({ ...each, vms: each.vms.filter(({ id }) => id !== vm.id) })],
    ['ports that go', (each) => ({ ...each, ports: each.ports.filter(({ deviceOwner }) => deviceOwner !== 'network:dhcp') })],
    ['other local VLANs', (each) => ({ ...each, localVlans: each.localVlans.map((local) => ({ ...local, vlan: local.vlan + 1 })) })],
    ['a physical network', (each) => ({ ...each, physicalNetworks: each.physicalNetworks.map((p) => ({ ...p, name: 'other' })) })],
    ['a trunk', (each) => bindSubPorts({ ...each, trunks: each.trunks.map((trunk) => ({ ...trunk, subPorts: [] })) })],
    [
      'a tunnel address',
      (each) => ({ ...each, hosts: edited(each.hosts, cmp1, { tunnel: { ...each.hosts[1]!.tunnel!, address: '192.0.2.9' } }) }),
    ],
    ['a host without a tunnel', (each) => ({ ...each, hosts: edited(each.hosts, cmp1, { tunnel: null }) })],
  ]

  it.each([
    ['Open vSwitch', []],
    ['Linux bridge', [1, 2, 3]],
  ])('gives what a console that was just started gives, whatever was edited before (%s)', (_, linuxBridge) => {
    const start = trunkTopology({ linuxBridge })
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...edits), { maxLength: 4 }), (some) => {
        const designs = some.reduce<readonly Topology[]>((all, [, edit]) => [...all, edit(all.at(-1)!)], [start])
        // There, and back again: what was compiled for the one design is at hand for the next.
        for (const design of [...designs, ...designs.toReversed()])
          for (const { id } of design.hosts) expect(compileHost(design, id)).toEqual(compileHost(structuredClone(design), id))
      }),
      { numRuns: 8 },
    )
  })
})
