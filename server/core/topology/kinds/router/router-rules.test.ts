// Whatever a router, its gateway, its interfaces and its routes may not be, with the sentence that says so.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { createFloatingIp } from '../floating-ip/floating-ip-edits'
import { updateNetwork, removeNetwork } from '../network/network-edits'
import { createPort, removePort, updatePort } from '../port/port-edits'
import { removeProject } from '../project/project-edits'
import { removeSubnet, updateSubnet } from '../subnet/subnet-edits'
import { addSubPorts, createTrunk } from '../trunk/trunk-edits'
import { createVm } from '../vm/vm-edits'
import { updateVm } from '../vm/vm-update'
import { updateHost } from '../host/host-edits'
import { createRouter, routerEdits, updateRouter } from './router-edits'
import { type InterfaceChoice, routerInput, type RouterPatch } from './router-input'
import { addInterface, removeInterface } from './router-interfaces'

const { draft, demo, physnet1, cmp1, cmp2, blue, blueSubnet, green, greenSubnet, web1 } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const anId = '99999999-9999-4999-8999-999999999999'
const bridgeMappings = [{ physicalNetworkId: physnet1, bridge: '', nic: 'ens38' }]
const lb1 = draft.host('lb1', 31, { agentKind: 'linuxbridge', bridgeMappings })
const bare = draft.host('bare', 32)

const vxlan = (name: string) => draft.network({ projectId: demo, name, type: 'vxlan' })
const subnetIn = (networkId: string, name: string, cidr: string, changes: object = {}) =>
  draft.subnet({ networkId, name, cidr, isDhcpEnabled: false, ...changes })
const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
const outsideSubnet = subnetIn(outside, 'outside-subnet', '203.0.113.0/24')
const empty = draft.network({ projectId: demo, name: 'empty', type: 'vxlan', isExternal: true })
const wide = subnetIn(vxlan('wide'), 'wide-subnet', '10.0.0.0/16')
const silent = subnetIn(vxlan('silent'), 'silent-subnet', '10.30.0.0/24', { gatewayIp: null })
const busyNetwork = vxlan('busy')
const busy = subnetIn(busyNetwork, 'busy-subnet', '10.31.0.0/24')
draft.make(createPort({ networkId: busyNetwork, name: 'squatter', fixedIps: [{ subnetId: busy, ipAddress: '10.31.0.1' }] }, ids))
const far = subnetIn(vxlan('far'), 'far-subnet', '10.32.0.0/24', { gatewayIp: '10.99.0.1' })
const bridgedNetwork = vxlan('bridged')
const bridged = subnetIn(bridgedNetwork, 'bridged-subnet', '10.33.0.0/24')
draft.vm({ projectId: demo, name: 'old', hostId: lb1, networkIds: [bridgedNetwork] })

const portIn = (networkId: string, name: string, fixedIps?: object[]) =>
  draft.make(createPort({ networkId, name, ...(fixedIps && { fixedIps: fixedIps as { subnetId: string }[] }) }, ids)).id
const [fullNetwork, fuller] = [vxlan('full'), vxlan('fuller')]
const packedSubnet = subnetIn(fullNetwork, 'packed-subnet', '10.36.0.0/24', { allocationPools: [{ start: '10.36.0.2', end: '10.36.0.2' }] })
draft.make(createPort({ networkId: fullNetwork, name: 'first', fixedIps: [{ subnetId: packedSubnet }] }, ids))
const full = subnetIn(fullNetwork, 'full-subnet', '10.34.0.0/24', { allocationPools: [{ start: '10.34.0.2', end: '10.34.0.2' }] })
draft.make(createPort({ networkId: fullNetwork, name: 'last', fixedIps: [{ subnetId: full }] }, ids))
const narrow = subnetIn(fuller, 'narrow-subnet', '10.35.0.0/24', { allocationPools: [{ start: '10.35.0.2', end: '10.35.0.2' }] })
const [free, parent, child] = [portIn(green, 'free'), portIn(green, 'parent'), portIn(green, 'child')]
const none = portIn(green, 'none', [])
const twice = portIn(green, 'twice', [{ subnetId: greenSubnet }, { subnetId: greenSubnet }])
const vmPort = draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]!
const trunk = draft.make(
  createTrunk(
    {
      projectId: demo,
      name: 't',
      portId: parent,
      subPorts: [{ portId: child, segmentationType: 'vlan', segmentationId: 5 }],
      isAdminStateUp: true,
    },
    deps,
  ),
).id

const edge = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside, ipAddress: '203.0.113.10' } })
draft.make(addInterface(edge, { subnetId: blueSubnet }, ids))
draft.make(updateRouter(edge, { routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.1.99' }] }, ids))
const spread = draft.router({ projectId: demo, name: 'spread', isDistributed: true })
const spreadNetwork = vxlan('spread-net')
const spreadSubnet = subnetIn(spreadNetwork, 'spread-subnet', '10.40.0.0/24')
draft.make(addInterface(spread, { subnetId: spreadSubnet }, ids))
const loose = draft.router({ projectId: demo, name: 'loose' })
const outer = draft.network({ projectId: demo, name: 'outer', type: 'vxlan', isExternal: true })
subnetIn(outer, 'outer-subnet', '192.0.2.0/24')
const central = draft.router({ projectId: demo, name: 'central', isDistributed: true, gateway: { networkId: outer } })
draft.make(addInterface(central, { subnetId: narrow }, ids))
const packed = draft.router({ projectId: demo, name: 'packed' })
draft.make(addInterface(packed, { subnetId: packedSubnet }, ids))
const portOf = (networkId: string, owner: string) =>
  draft.topology.ports.find((port) => port.networkId === networkId && port.deviceOwner.startsWith(owner))!.id

const broken = (edit: TopologyEdit<unknown>) =>
  draft.violations(edit).map((violation) => [violation.rule, violation.field, explainViolation(violation)])
const create = (changes: object) => createRouter(routerInput.parse({ projectId: demo, name: 'r', ...changes }), ids)
const vm = (hostId: string, networkIds: string[]) =>
  createVm(
    { projectId: demo, name: 'v', hostId, networkIds, memoryMib: 128, vcpus: 1, boot: { kind: 'disk', path: '/a', format: 'raw' } },
    ids,
  )

it('the sample breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

describe('a router', () => {
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    ['without a name', create({ name: '' }), ['name-not-empty', 'name', 'Give a name.']],
    ['of no project', create({ projectId: anId }), ['known-object', 'projectId', 'This project does not exist, or no longer.']],
    ['that is not there', updateRouter(anId, {}, ids), ['known-object', 'id', 'This router does not exist, or no longer.']],
    [
      'with interfaces is not removed',
      routerEdits.remove(edge, deps),
      ['router-without-interfaces', null, 'Router "edge" still has interfaces: "router edge in blue".'],
    ],
    [
      'changed by somebody else',
      updateRouter(edge, { name: 'mine', seen: { name: 'border' } }, ids),
      [
        'changed-meanwhile',
        'name',
        'Somebody else has changed this meanwhile: name was border, and is edge now. Start again from what is there now.',
      ],
    ],
    [
      'led out another way by somebody else',
      updateRouter(edge, { gateway: null, seen: { gateway: { networkId: outside, ipAddress: '203.0.113.11' } } }, ids),
      [
        'changed-meanwhile',
        'gateway',
        'Somebody else has changed this meanwhile: gateway was outside, and is 203.0.113.10 in outside now. Start again from what is there now.',
      ],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it('keeps its project', () => expect(broken(removeProject(demo))[0]?.[0]).toBe('project-empty'))
})

describe('a gateway', () => {
  const to = (gateway: RouterPatch['gateway']) => updateRouter(loose, { gateway }, ids)
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    [
      'in a network that is not external',
      to({ networkId: blue }),
      ['router-gateway-external', 'gateway.networkId', 'Network "blue" is not external; a router leads out by an external network.'],
    ],
    [
      'in no network',
      create({ gateway: { networkId: anId } }),
      ['known-object', 'gateway.networkId', 'This network does not exist, or no longer.'],
    ],
    [
      'without a subnet',
      to({ networkId: empty }),
      ['router-gateway-subnet', 'gateway.networkId', 'Network "empty" has no subnet to take an address of.'],
    ],
    [
      'in no subnet',
      to({ networkId: outside, subnetId: anId }),
      ['known-object', 'gateway.subnetId', 'This subnet does not exist, or no longer.'],
    ],
    [
      'in a subnet of another network',
      to({ networkId: outside, subnetId: blueSubnet }),
      ['subnet-of-network', 'gateway.subnetId', 'Subnet "blue-subnet" belongs to another network.'],
    ],
    [
      'with no address',
      to({ networkId: outside, ipAddress: '203.0.113' }),
      ['address-form', 'gateway.ipAddress', 'An address is written like 10.0.0.5.'],
    ],
    [
      'outside of the network',
      to({ networkId: outside, ipAddress: '192.0.2.9' }),
      ['router-gateway-outside', 'gateway.ipAddress', '192.0.2.9 is in no subnet of the external network "outside".'],
    ],
    [
      'with the broadcast address',
      to({ networkId: outside, ipAddress: '203.0.113.255' }),
      ['address-usable', 'gateway.ipAddress', "203.0.113.255 is the network's own or the broadcast address of 203.0.113.0/24."],
    ],
    [
      'with the address of the next router',
      to({ networkId: outside, ipAddress: '203.0.113.1' }),
      [
        'router-gateway-address',
        'gateway.ipAddress',
        '203.0.113.1 is the gateway of subnet "outside-subnet", to which the router sends what leaves; the router has another address.',
      ],
    ],
    [
      'with an address that is taken',
      to({ networkId: outside, ipAddress: '203.0.113.10' }),
      ['address-unique', 'gateway.ipAddress', '203.0.113.10 is taken by "gateway of router edge".'],
    ],
    [
      'of a router that is not distributed, by hand',
      updateRouter(edge, { floatingIpMode: 'by-hand' }, ids),
      [
        'router-floating-ip-mode',
        'floatingIpMode',
        'Only a distributed router may lead floating IPs out in another way than Neutron; one that is not has them at its gateway. Make it distributed, or leave the mode at "dvr".',
      ],
    ],
    [
      'by hand, of a router that becomes centralized',
      updateRouter(spread, { isDistributed: false, floatingIpMode: 'by-hand' }, ids),
      [
        'router-floating-ip-mode',
        'floatingIpMode',
        'Only a distributed router may lead floating IPs out in another way than Neutron; one that is not has them at its gateway. Make it distributed, or leave the mode at "dvr".',
      ],
    ],
    [
      'keeps its network external',
      updateNetwork(outside, { isExternal: false }, ids),
      ['network-external-in-use', 'isExternal', 'Network "outside" stays external: routers lead out by it ("edge").'],
    ],
    [
      'is not what its subnet sends to',
      updateSubnet(outsideSubnet, { gatewayIp: '203.0.113.10', allocationPools: [{ start: '203.0.113.20', end: '203.0.113.30' }] }, ids),
      [
        'router-gateway-address',
        'gatewayIp',
        '203.0.113.10 is the gateway of subnet "outside-subnet", to which the router sends what leaves; the router has another address.',
      ],
    ],
    [
      'holds its network',
      removeNetwork(outside),
      ['network-without-ports', null, 'Network "outside" still has ports: "gateway of router edge".'],
    ],
    [
      'holds its subnet',
      removeSubnet(outsideSubnet, ids),
      ['subnet-without-ports', null, 'Ports still have addresses of subnet "outside-subnet": "gateway of router edge".'],
    ],
    [
      'is no port that people remove',
      removePort(portOf(outside, 'network:router_gateway'), ids),
      ['port-of-router', null, 'The port belongs to router "edge"; it comes and goes with its gateway.'],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))
})

describe('the central part of a distributed router', () => {
  const exhausted = (router: string, subnet: string, cidr: string): [string, string | null, string] => [
    'router-snat-address',
    'gateway.isSnatEnabled',
    `Router "${router}" is distributed and has SNAT: its central part needs an address of its own in subnet "${subnet}" (${cidr}), which has none left. Free one, widen the pools, or switch SNAT off.`,
  ]
  const own = '"SNAT of router central in fuller"'
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    [
      'has no address in a subnet that is added',
      addInterface(central, { subnetId: full }, ids),
      exhausted('central', 'full-subnet', '10.34.0.0/24'),
    ],
    [
      'has no address when the router becomes distributed',
      updateRouter(packed, { isDistributed: true, gateway: { networkId: outer } }, ids),
      exhausted('packed', 'packed-subnet', '10.36.0.0/24'),
    ],
    [
      'has ports that nobody changes',
      updatePort(portOf(fuller, 'network:router_centralized_snat'), { name: 'mine' }, ids),
      ['port-of-router', null, 'The port belongs to router "central"; it comes and goes with its SNAT.'],
    ],
    [
      'has ports that nobody removes',
      removePort(portOf(fuller, 'network:router_centralized_snat'), ids),
      ['port-of-router', null, 'The port belongs to router "central"; it comes and goes with its SNAT.'],
    ],
    [
      'has no interface',
      removeInterface(central, { portId: portOf(fuller, 'network:router_centralized_snat') }, ids),
      ['router-interface-of-router', 'portId', 'Router "central" has no such interface, or no longer.'],
    ],
    [
      'has an address that no port gets',
      createPort({ networkId: fuller, name: 'other', fixedIps: [{ subnetId: narrow, ipAddress: '10.35.0.2' }] }, ids),
      ['address-unique', 'fixedIps.0.ipAddress', `10.35.0.2 is taken by ${own}.`],
    ],
    [
      'has an address that is no next hop',
      updateRouter(central, { routes: [{ destination: '10.99.0.0/16', nexthop: '10.35.0.2' }] }, ids),
      ['router-route-own', 'routes.0.nexthop', '10.35.0.2 is an address of the router itself.'],
    ],
    [
      'leads to no floating IP',
      createFloatingIp({ projectId: demo, networkId: outer, fixedPortId: portOf(fuller, 'network:router_centralized_snat') }, ids),
      ['floating-ip-port-owner', 'fixedPortId', ''],
    ],
  ])('%s', (_, edit, [rule, field, sentence]) =>
    expect(broken(edit)).toEqual([[rule, field, sentence === '' ? expect.any(String) : sentence]]),
  )
})

describe('an interface', () => {
  const add = (choice: InterfaceChoice) => addInterface(loose, choice, ids)
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    [
      'of no router',
      addInterface(anId, { subnetId: blueSubnet }, ids),
      ['known-object', 'id', 'This router does not exist, or no longer.'],
    ],
    ['by nothing', add({}), ['router-interface-given', 'subnetId', 'Choose a subnet or a port, not both.']],
    [
      'by both',
      add({ subnetId: blueSubnet, portId: free }),
      ['router-interface-given', 'subnetId', 'Choose a subnet or a port, not both.'],
    ],
    ['in no subnet', add({ subnetId: anId }), ['known-object', 'subnetId', 'This subnet does not exist, or no longer.']],
    ['by no port', add({ portId: anId }), ['known-object', 'portId', 'This port does not exist, or no longer.']],
    [
      'in a subnet without a gateway address',
      add({ subnetId: silent }),
      [
        'router-interface-gateway',
        'subnetId',
        'Subnet "silent-subnet" has no gateway address for the router to have. Give it one, or add a port with an address.',
      ],
    ],
    [
      'in a subnet whose gateway is elsewhere',
      add({ subnetId: far }),
      ['address-in-subnet', 'subnetId', '10.99.0.1 is not in 10.32.0.0/24 of subnet "far-subnet".'],
    ],
    [
      'whose address a port has',
      add({ subnetId: busy }),
      [
        'router-interface-taken',
        'subnetId',
        'The router would have the gateway address 10.31.0.1 of subnet "busy-subnet", which is taken by "squatter".',
      ],
    ],
    [
      'whose address another router has',
      add({ subnetId: blueSubnet }),
      [
        'router-interface-taken',
        'subnetId',
        'The router would have the gateway address 10.0.1.1 of subnet "blue-subnet", which is taken by "router edge in blue".',
      ],
    ],
    [
      'in a subnet for the second time',
      addInterface(edge, { portId: portIn(blue, 'again') }, ids),
      ['router-subnet-unique', 'portId', 'Router "edge" is in subnet "blue-subnet" already.'],
    ],
    [
      'in addresses that it has',
      addInterface(edge, { subnetId: wide }, ids),
      [
        'router-subnet-overlap',
        'subnetId',
        '10.0.0.0/16 of subnet "wide-subnet" overlaps 10.0.1.0/24 of subnet "blue-subnet"; a router tells its subnets apart by address.',
      ],
    ],
    [
      'in the network that it leads out by',
      addInterface(edge, { subnetId: outsideSubnet }, ids),
      ['router-subnet-unique', 'subnetId', 'Router "edge" is in subnet "outside-subnet" already.'],
    ],
    [
      'by the port of a VM',
      add({ portId: vmPort }),
      ['router-interface-port-used', 'portId', '"web-1 eth0" is used by another device; a router takes a port that nothing uses.'],
    ],
    [
      'by the parent of a trunk',
      add({ portId: parent }),
      ['router-interface-port-used', 'portId', '"parent" is used by another device; a router takes a port that nothing uses.'],
    ],
    [
      'by a subport',
      add({ portId: child }),
      ['router-interface-port-used', 'portId', '"child" is used by another device; a router takes a port that nothing uses.'],
    ],
    [
      'by a port without an address',
      add({ portId: none }),
      ['router-interface-port-address', 'portId', '"none" has no address; an interface of a router has one.'],
    ],
    [
      'by a port with two',
      add({ portId: twice }),
      ['router-interface-port-address', 'portId', '"twice" has 2 addresses; an interface of a router has one.'],
    ],
    [
      'that a router does not have',
      removeInterface(loose, { subnetId: blueSubnet }, ids),
      ['router-interface-of-router', 'subnetId', 'Router "loose" has no such interface, or no longer.'],
    ],
    ['removed by nothing', removeInterface(edge, {}, ids), ['router-interface-given', 'subnetId', 'Choose a subnet or a port, not both.']],
    [
      'that is the gateway',
      removeInterface(edge, { portId: portOf(outside, 'network:router_gateway') }, ids),
      ['router-interface-of-router', 'portId', 'Router "edge" has no such interface, or no longer.'],
    ],
    [
      'through which routes lead',
      removeInterface(edge, { subnetId: blueSubnet }, ids),
      [
        'router-interface-in-use',
        'subnetId',
        'Routes of router "edge" lead through this interface: 10.9.0.0/16 by 10.0.1.99. Remove them first.',
      ],
    ],
    [
      'keeps the gateway address of its subnet',
      updateSubnet(blueSubnet, { gatewayIp: null }, ids),
      [
        'subnet-gateway-in-use',
        'gatewayIp',
        '10.0.1.1 stays the gateway of subnet "blue-subnet": it is the address of "router edge in blue".',
      ],
    ],
    [
      'is no port that people change',
      updatePort(portOf(blue, 'network:router_interface'), { name: 'mine' }, ids),
      ['port-of-router', null, 'The port belongs to router "edge"; it comes and goes with its interface.'],
    ],
    [
      'is no NIC',
      updateVm(web1, { nics: [{ portId: vmPort }, { portId: portOf(blue, 'network:router_interface') }] }, ids),
      ['port-unused', 'nics.1.portId', '"router edge in blue" is in use already.'],
    ],
    [
      'is no subport',
      addSubPorts(trunk, [{ portId: portOf(blue, 'network:router_interface'), segmentationType: 'vlan', segmentationId: 9 }], deps),
      ['subport-without-device', 'subPorts.0.portId', '"router edge in blue" is used by a device; a subport has none.'],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it('holds its network and its subnet', () => {
    expect(broken(removeNetwork(blue))[0]?.[2]).toContain('"router edge in blue"')
    expect(broken(removeSubnet(blueSubnet, ids))[0]?.[2]).toContain('"router edge in blue"')
  })
})

describe('a distributed router', () => {
  const NO = (router: string) =>
    `Router "${router}" is distributed, and would stand on host "lb1", which has Linux bridge: there is no distributed router there.`
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    [
      'takes no network of a Linux bridge host',
      addInterface(spread, { subnetId: bridged }, ids),
      ['router-distributed-agent', 'subnetId', NO('spread')],
    ],
    ['has no VM on such a host', vm(lb1, [spreadNetwork]), ['router-distributed-agent', 'hostId', NO('spread')]],
    [
      'nor a bound port',
      createPort({ networkId: spreadNetwork, name: '', hostId: lb1 }, ids),
      ['router-distributed-agent', 'hostId', NO('spread')],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it('is not made of one with a network there, and has no subport there', () => {
    const before = draft.topology
    draft.make(addInterface(loose, { subnetId: bridged }, ids))
    expect(broken(updateRouter(loose, { isDistributed: true }, ids))).toEqual([['router-distributed-agent', 'isDistributed', NO('loose')]])
    draft.topology = before
    const over = draft.make(createPort({ networkId: bridgedNetwork, name: 'over' }, ids)).id
    const other = draft.make(createTrunk({ projectId: demo, name: 'u', portId: over, subPorts: [], isAdminStateUp: true }, deps)).id
    draft.vm({ projectId: demo, name: 'tagging', hostId: lb1, nics: [{ portId: over }] })
    const sub = [{ networkId: spreadNetwork, segmentationType: 'vlan', segmentationId: 7 }]
    expect(broken(addSubPorts(other, sub, deps))).toEqual([['router-distributed-agent', 'subPorts.0.portId', NO('spread')]])
    draft.topology = before
  })

  it('needs all of its networks on each of its hosts', () => {
    const before = draft.topology
    draft.make(addInterface(spread, { subnetId: greenSubnet }, ids))
    expect(broken(vm(bare, [spreadNetwork])).map(([rule, field]) => [rule, field])).toEqual([['physical-network-mapped', 'hostId']])
    draft.make(vm(cmp1, [spreadNetwork]))
    expect(broken(updateHost(cmp1, { bridgeMappings: [] }, ids)).map(([rule, field]) => [rule, field])).toEqual([
      ['physical-network-mapped', 'bridgeMappings'],
    ])
    draft.topology = before
    draft.make(vm(bare, [spreadNetwork]))
    expect(broken(addInterface(spread, { subnetId: greenSubnet }, ids)).map(([rule, field]) => [rule, field])).toEqual([
      ['physical-network-mapped', 'subnetId'],
    ])
    draft.topology = before
  })

  it('moves a DHCP server off such a host, unless there is no other', () => {
    const before = draft.topology
    const served = vxlan('served')
    const servedSubnet = subnetIn(served, 'served-subnet', '10.50.0.0/24', { isDhcpEnabled: true })
    draft.make(updateHost(lb1, { roles: ['compute', 'network'] }, ids))
    const dhcp = () => draft.topology.ports.find((port) => port.networkId === served && port.deviceOwner === 'network:dhcp')!.hostId
    const asIfOn = (hostId: string) => {
      const ports = draft.topology.ports.map((port) => (port.networkId === served ? { ...port, hostId } : port))
      draft.topology = { ...draft.topology, ports }
    }
    asIfOn(lb1)
    const router = draft.router({ projectId: demo, name: 'late', isDistributed: true })
    const onlyBridged = {
      ...draft.topology,
      hosts: draft.topology.hosts.map((host) => (host.id === lb1 ? host : { ...host, roles: ['compute' as const] })),
    }
    const withAll = draft.topology
    draft.topology = onlyBridged
    expect(broken(addInterface(router, { subnetId: servedSubnet }, ids))).toEqual([['router-distributed-agent', 'subnetId', NO('late')]])
    draft.topology = withAll
    draft.make(addInterface(router, { subnetId: servedSubnet }, ids))
    expect(draft.topology.hosts.find(({ id }) => id === dhcp())?.name).toBe('net1')
    draft.topology = before
  })
})

describe('extra routes', () => {
  const routes = (...list: RouterPatch['routes'] & {}) => updateRouter(edge, { routes: list }, ids)
  const by = (destination: string, nexthop = '10.0.1.99') => ({ destination, nexthop })
  it.each<[string, TopologyEdit<unknown>, [string, string | null, string]]>([
    [
      'with host bits',
      routes(by('10.9.0.1/16')),
      ['ip-prefix-host-bits', 'routes.0.destination', '10.9.0.1/16 has host bits set; the prefix is 10.9.0.0/16.'],
    ],
    [
      'of IPv6',
      routes(by('2001:db8::/32')),
      ['router-route-family', 'routes.0.destination', '2001:db8::/32 is no IPv4 prefix; routers route IPv4 only so far.'],
    ],
    [
      'to one destination twice',
      routes(by('10.9.0.0/16'), by('10.9.0.0/16', '10.0.1.98')),
      ['router-route-unique', 'routes.1.destination', 'There is a route to 10.9.0.0/16 already.'],
    ],
    [
      'to one address twice',
      routes(by('10.9.0.5'), by('10.9.0.5/32')),
      ['router-route-unique', 'routes.1.destination', 'There is a route to 10.9.0.5/32 already.'],
    ],
    [
      'to a subnet of its own',
      routes(by('10.0.1.0/24')),
      ['router-route-connected', 'routes.0.destination', '10.0.1.0/24 is subnet "blue-subnet", in which the router is itself.'],
    ],
    [
      'to everything, beside the gateway',
      routes(by('0.0.0.0/0')),
      ['router-route-default', 'routes.0.destination', 'The router has a gateway, and with it a route to everything else.'],
    ],
    [
      'by no address',
      routes(by('10.9.0.0/16', 'there')),
      ['address-form', 'routes.0.nexthop', 'A next hop is an IPv4 address such as 10.0.0.254.'],
    ],
    [
      'by itself',
      routes(by('10.9.0.0/16', '10.0.1.1')),
      ['router-route-own', 'routes.0.nexthop', '10.0.1.1 is an address of the router itself.'],
    ],
    [
      'by its gateway’s own address',
      routes(by('10.9.0.0/16', '203.0.113.10')),
      ['router-route-own', 'routes.0.nexthop', '203.0.113.10 is an address of the router itself.'],
    ],
    [
      'by who is no neighbour',
      routes(by('10.9.0.0/16', '10.0.2.9')),
      ['router-route-off-link', 'routes.0.nexthop', '10.0.2.9 is in no subnet of the router: the next hop is a neighbour.'],
    ],
    [
      'by a broadcast address',
      routes(by('10.9.0.0/16', '10.0.1.255')),
      ['router-route-off-link', 'routes.0.nexthop', '10.0.1.255 is in no subnet of the router: the next hop is a neighbour.'],
    ],
    [
      'that are too many',
      routes(...Array.from({ length: 31 }, (_, index) => by(`10.9.${index}.0/24`))),
      ['router-route-quota', 'routes', 'A router has at most 30 extra routes; these are 31.'],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it('whose destination is no prefix', () =>
    expect(broken(routes(by('home')))[0]?.slice(0, 2)).toEqual(['ip-prefix-form', 'routes.0.destination']))
  it('are bounded before they are looked at', () =>
    expect(routerInput.safeParse({ projectId: demo, name: 'r', routes: Array(201).fill(by('10.9.0.0/16')) }).success).toBe(false))
  it('of a distributed router lead outside only while it has a central part', () => {
    const before = draft.topology
    const route = by('10.9.0.0/16', '203.0.113.77')
    const gateway = { networkId: outside, isSnatEnabled: false }
    expect(broken(updateRouter(edge, { isDistributed: true, gateway, routes: [route] }, ids))).toEqual([
      [
        'router-route-outside',
        'routes.0.nexthop',
        '203.0.113.77 is a neighbour in "outside-subnet", where a distributed router leads out, and it is there itself only while it translates. Switch SNAT on, or have a router that is not distributed.',
      ],
    ])
    draft.make(routes(route))
    expect(broken(updateRouter(edge, { isDistributed: true, gateway }, ids))[0]?.[0]).toBe('router-route-outside')
    draft.make(updateRouter(edge, { isDistributed: true }, ids))
    expect(broken(updateRouter(edge, { gateway }, ids))[0]?.[0]).toBe('router-route-outside')
    draft.topology = before
  })
  it('by a neighbour outside hold the gateway', () => {
    const before = draft.topology
    draft.make(routes(by('10.9.0.0/16', '203.0.113.77')))
    expect(broken(updateRouter(edge, { gateway: null }, ids))[0]?.slice(0, 2)).toEqual(['router-route-off-link', 'routes.0.nexthop'])
    draft.topology = before
  })
})

it('VMs may be on external networks', () => expect(broken(vm(cmp2, [outside]))).toEqual([]))
