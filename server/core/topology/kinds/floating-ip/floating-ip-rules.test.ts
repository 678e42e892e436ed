// Whatever a floating IP may not be, and what it holds, with the sentence that says so.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { setHostPrepared, updateHost } from '../host/host-edits'
import { removeNetwork, updateNetwork } from '../network/network-edits'
import { createPort, removePort, updatePort } from '../port/port-edits'
import { removeProject } from '../project/project-edits'
import { updateRouter } from '../router/router-edits'
import { addInterface, removeInterface } from '../router/router-interfaces'
import { removeSubnet, updateSubnet } from '../subnet/subnet-edits'
import { updateVm } from '../vm/vm-update'
import { floatingIpEdits } from './floating-ip-edits'
import { floatingIpInput, type FloatingIpPatch } from './floating-ip-input'

const { draft, demo, physnet1, cmp1, blue, blueSubnet, green, greenSubnet, web1, web2 } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const anId = '99999999-9999-4999-8999-999999999999'
const bare = draft.host('bare', 32)

const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
const outsideSubnet = draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
const tight = draft.network({ projectId: demo, name: 'tight', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
draft.subnet({ networkId: tight, name: 'tight-subnet', cidr: '198.51.100.0/29', isDhcpEnabled: false })
const empty = draft.network({ projectId: demo, name: 'empty', type: 'vxlan', isExternal: true })
const other = draft.network({ projectId: demo, name: 'other', type: 'vxlan', isExternal: true })
draft.subnet({ networkId: other, name: 'other-subnet', cidr: '192.0.2.0/24', isDhcpEnabled: false })
const plain = draft.network({ projectId: demo, name: 'plain', type: 'vxlan' })
draft.subnet({ networkId: plain, name: 'plain-subnet', cidr: '10.40.0.0/24', isDhcpEnabled: false })
const lone = draft.network({ projectId: demo, name: 'lone', type: 'vxlan' })
const loneSubnet = draft.subnet({ networkId: lone, name: 'lone-subnet', cidr: '10.41.0.0/24', isDhcpEnabled: false })

const spread = draft.router({
  projectId: demo,
  name: 'spread',
  isDistributed: true,
  gateway: { networkId: outside, isSnatEnabled: false },
})
const edge = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
const narrow = draft.router({ projectId: demo, name: 'narrow', isDistributed: true, gateway: { networkId: tight, isSnatEnabled: false } })
draft.make(addInterface(spread, { subnetId: blueSubnet }, ids))
draft.make(addInterface(edge, { subnetId: greenSubnet }, ids))
draft.make(addInterface(narrow, { subnetId: loneSubnet }, ids))

const portIn = (networkId: string, name: string, fixedIps?: { subnetId: string; ipAddress?: string }[]) =>
  draft.make(createPort({ networkId, name, ...(fixedIps && { fixedIps }) }, ids)).id
const [free, nameless] = [portIn(green, 'free'), portIn(green, 'nameless', [])]
const far = portIn(plain, 'far')
const twice = portIn(green, 'twice', [{ subnetId: greenSubnet }, { subnetId: greenSubnet }])
const fixed = portIn(green, 'fixed', [{ subnetId: greenSubnet, ipAddress: '10.0.2.50' }])
const nicOf = (vmId: string) => draft.topology.vms.find(({ id }) => id === vmId)!.portIds[0]!
const vmPort = nicOf(web1)
const stray = draft.vm({ projectId: demo, name: 'stray', hostId: bare, networkIds: [blue] })

const float = (input: object) => draft.floatingIp({ projectId: demo, networkId: outside, ...input })
const taken = float({ ipAddress: '203.0.113.50', fixedPortId: fixed })
float({ ipAddress: '203.0.113.60', fixedPortId: vmPort })
const second = draft.project('second')
float({ projectId: second, networkId: other, ipAddress: '192.0.2.9' })
const idle = float({ ipAddress: '203.0.113.70' })
for (const last of [3, 4, 5, 6]) float({ networkId: tight, ipAddress: `198.51.100.${last}` })

const portWith = (owner: string, networkId: string) =>
  draft.topology.ports.find((port) => port.deviceOwner === owner && port.networkId === networkId)!.id
const broken = (edit: TopologyEdit<unknown>) =>
  draft.violations(edit).map((violation) => [violation.rule, violation.field, explainViolation(violation)])

type Row = readonly [string, TopologyEdit<unknown>, readonly (string | null)[]]
const create = (input: object) =>
  floatingIpEdits.create.edit(floatingIpInput.parse({ projectId: demo, networkId: outside, ...input }), deps)
const update = (id: string, patch: FloatingIpPatch) => floatingIpEdits.update.edit(id, patch, deps)
const to = (fixedPortId: string, changes: object = {}) => create({ fixedPortId, ...changes })

it('the design that they are tried on breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

describe('its network and address', () => {
  it.each<Row>([
    ['in no network', create({ networkId: anId }), ['known-object', 'networkId', 'This network does not exist, or no longer.']],
    ['of no project', create({ projectId: anId }), ['known-object', 'projectId', 'This project does not exist, or no longer.']],
    [
      'in a network that is not external',
      create({ networkId: blue }),
      ['floating-ip-external', 'networkId', 'Network "blue" is not external; a floating IP is an address of an external network.'],
    ],
    [
      'in a network without subnet',
      create({ networkId: empty }),
      ['floating-ip-subnet', 'networkId', 'Network "empty" has no subnet to take an address of.'],
    ],
    [
      'named in a network without subnet',
      create({ networkId: empty, ipAddress: '203.0.113.9' }),
      ['floating-ip-subnet', 'networkId', 'Network "empty" has no subnet to take an address of.'],
    ],
    [
      'in a network without a free address',
      create({ networkId: tight }),
      ['addresses-exhausted', 'networkId', 'All addresses in the pools of subnet "tight-subnet" (198.51.100.0/29) are taken.'],
    ],
    ['that is no address', create({ ipAddress: '203.0.113' }), ['address-form', 'ipAddress', 'An address is written like 10.0.0.5.']],
    [
      'outside',
      create({ ipAddress: '192.0.2.9' }),
      ['floating-ip-outside', 'ipAddress', '192.0.2.9 is in no subnet of the external network "outside".'],
    ],
    [
      'at the broadcast address',
      create({ ipAddress: '203.0.113.255' }),
      ['address-usable', 'ipAddress', "203.0.113.255 is the network's own or the broadcast address of 203.0.113.0/24."],
    ],
    [
      'at the gateway of its subnet',
      create({ ipAddress: '203.0.113.1' }),
      [
        'floating-ip-gateway-address',
        'ipAddress',
        '203.0.113.1 is the gateway of subnet "outside-subnet", to which routers send what leaves; a floating IP is another address.',
      ],
    ],
    [
      'at a taken address',
      create({ ipAddress: '203.0.113.50' }),
      ['address-unique', 'ipAddress', '203.0.113.50 is taken by "floating IP 203.0.113.50".'],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))
})

describe('where it leads', () => {
  it.each<Row>([
    ['to no port that there is', to(anId), ['known-object', 'fixedPortId', 'This port does not exist, or no longer.']],
    [
      'by an address alone',
      create({ fixedIpAddress: '10.0.2.9' }),
      ['floating-ip-port-given', 'fixedPortId', 'Choose the port that has this address.'],
    ],
    [
      'by an address alone, later',
      update(idle, { fixedIpAddress: '10.0.2.9' }),
      ['floating-ip-port-given', 'fixedPortId', 'Choose the port that has this address.'],
    ],
    [
      'to a DHCP server',
      to(portWith('network:dhcp', green)),
      [
        'floating-ip-port-owner',
        'fixedPortId',
        '"DHCP of green" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to a router',
      to(portWith('network:router_interface', green)),
      [
        'floating-ip-port-owner',
        'fixedPortId',
        '"router edge in green" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to the gateway of a router',
      to(portWith('network:router_gateway', outside)),
      [
        'floating-ip-port-owner',
        'fixedPortId',
        '"gateway of router spread" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to a floating IP',
      to(portWith('network:floatingip', outside)),
      [
        'floating-ip-port-owner',
        'fixedPortId',
        '"floating IP 203.0.113.50" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to a port of a host for floating IPs',
      to(portWith('network:floatingip_agent_gateway', outside)),
      [
        'floating-ip-port-owner',
        'fixedPortId',
        '"floating IPs on cmp1 in outside" belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.',
      ],
    ],
    [
      'to a port without address',
      to(nameless),
      ['floating-ip-port-address', 'fixedPortId', '"nameless" has no address for a floating IP to lead to.'],
    ],
    [
      'to a port with several',
      to(twice),
      ['floating-ip-port-address', 'fixedIpAddress', '"twice" has 2 addresses; choose the one that the floating IP leads to.'],
    ],
    [
      'to an address that the port does not have',
      to(free, { fixedIpAddress: '10.0.2.99' }),
      ['floating-ip-fixed-address', 'fixedIpAddress', '10.0.2.99 is no address of "free".'],
    ],
    [
      'to what is no address',
      update(taken, { fixedIpAddress: 'there' }),
      ['floating-ip-fixed-address', 'fixedIpAddress', 'there is no address of "fixed".'],
    ],
    [
      'to an address that has one',
      to(fixed),
      ['floating-ip-fixed-unique', 'fixedIpAddress', '10.0.2.50 of "fixed" has a floating IP in "outside" already: 203.0.113.50.'],
    ],
    [
      'without a router on the way',
      to(far),
      [
        'floating-ip-route',
        'fixedPortId',
        'No router leads from the subnet of 10.40.0.2 of "far" out by "outside": give one an interface there, and its gateway in "outside".',
      ],
    ],
    [
      'by a router that leads out elsewhere',
      update(idle, { fixedPortId: portIn(lone, 'alone') }),
      [
        'floating-ip-route',
        'fixedPortId',
        'No router leads from the subnet of 10.41.0.2 of "alone" out by "outside": give one an interface there, and its gateway in "outside".',
      ],
    ],
    [
      'by a distributed router, on a host that does not carry the external network',
      to(nicOf(stray)),
      ['physical-network-mapped', 'fixedPortId', 'Host "bare" has no bridge for the physical network "physnet1" of network "outside".'],
    ],
    [
      'to what somebody else has changed',
      update(taken, { fixedPortId: free, seen: { fixedPortId: null } }),
      [
        'changed-meanwhile',
        'fixedPortId',
        'Somebody else has changed this meanwhile: fixed port was none, and is fixed now. Start again from what is there now.',
      ],
    ],
    ['one that is not there', update(anId, {}), ['known-object', 'id', 'This floating IP does not exist, or no longer.']],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))

  it('no address is left for the host', () => {
    const vm = draft.vm({ projectId: demo, name: 'last', hostId: cmp1, networkIds: [lone] })
    const [full] = draft.topology.floatingIps.filter(({ networkId }) => networkId === tight)
    expect(broken(update(full!.id, { fixedPortId: nicOf(vm) }))).toEqual([
      ['addresses-exhausted', null, 'All addresses in the pools of subnet "tight-subnet" (198.51.100.0/29) are taken.'],
    ])
  })
})

describe('what it holds', () => {
  it.each<Row>([
    [
      'its network',
      removeNetwork(outside),
      [
        'network-without-ports',
        null,
        'Network "outside" still has ports: "gateway of router spread", "gateway of router edge", "floating IP 203.0.113.50", "floating IP 203.0.113.60", "floating IPs on cmp1 in outside" and 1 more.',
      ],
    ],
    [
      'a network external that no router leads out by',
      updateNetwork(other, { isExternal: false }, ids),
      ['network-external-floating-ips', 'isExternal', 'Network "other" stays external: it has floating IPs ("192.0.2.9").'],
    ],
    [
      'its project',
      removeProject(second),
      [
        'project-empty',
        null,
        'Project "second" still has networks, routers, floating IPs, VMs, trunks, security groups or host aggregates: "192.0.2.9".',
      ],
    ],
    [
      'its subnet',
      removeSubnet(outsideSubnet, ids),
      [
        'subnet-without-ports',
        null,
        'Ports still have addresses of subnet "outside-subnet": "gateway of router spread", "gateway of router edge", "floating IP 203.0.113.50", "floating IP 203.0.113.60", "floating IPs on cmp1 in outside" and 1 more.',
      ],
    ],
    [
      'the gateway of its subnet',
      updateSubnet(outsideSubnet, { gatewayIp: '203.0.113.50', allocationPools: [] }, ids),
      ['address-unique', 'gatewayIp', '203.0.113.50 is taken by "floating IP 203.0.113.50".'],
    ],
    [
      'the port that it leads to',
      removePort(fixed, ids),
      ['port-floating-ip', null, 'Floating IPs lead to "fixed": "203.0.113.50". Lead them elsewhere first.'],
    ],
    [
      'that port from a router',
      addInterface(spread, { portId: fixed }, ids),
      ['port-floating-ip', 'portId', 'Floating IPs lead to "fixed": "203.0.113.50". Lead them elsewhere first.'],
    ],
    [
      'the address that it leads to',
      updatePort(fixed, { fixedIps: [{ subnetId: greenSubnet, ipAddress: '10.0.2.51' }] }, ids),
      ['address-floating-ip', 'fixedIps', '10.0.2.50 stays: floating IP 203.0.113.50 leads to it.'],
    ],
    [
      'the interface that it is led through',
      removeInterface(edge, { subnetId: greenSubnet }, ids),
      [
        'router-interface-floating-ips',
        'subnetId',
        'Floating IPs of router "edge" lead through this interface: "203.0.113.50". Lead them elsewhere first.',
      ],
    ],
    [
      'the gateway of its router',
      updateRouter(edge, { gateway: null }, ids),
      [
        'router-gateway-in-use',
        'gateway.networkId',
        'Router "edge" leads out by "outside" as long as it has floating IPs there: "203.0.113.50".',
      ],
    ],
    [
      'that gateway in its network',
      updateRouter(spread, { gateway: { networkId: other, isSnatEnabled: false } }, ids),
      [
        'router-gateway-in-use',
        'gateway.networkId',
        'Router "spread" leads out by "outside" as long as it has floating IPs there: "203.0.113.60".',
      ],
    ],
    [
      'the host of its VM ready',
      setHostPrepared(cmp1, false, ids),
      [
        'host-in-use',
        'isPrepared',
        'Host "cmp1" still has ports: "web-1 eth0", "floating IPs on cmp1 in outside" and "last eth0". Take them away first.',
      ],
    ],
    [
      'the wire of its network at that host',
      updateHost(cmp1, { bridgeMappings: [] }, ids),
      ['physical-network-mapped', 'bridgeMappings', 'Host "cmp1" has no bridge for the physical network "physnet1" of network "outside".'],
    ],
    [
      'its VM on hosts that carry the external network',
      updateVm(web1, { hostId: bare }, ids),
      ['physical-network-mapped', 'hostId', 'Host "bare" has no bridge for the physical network "physnet1" of network "outside".'],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))
})

describe('its ports', () => {
  const own = portWith('network:floatingip', outside)
  const gateway = portWith('network:floatingip_agent_gateway', outside)
  const automatic = 'The port belongs to floating IPs; it comes and goes with them.'
  it.each<Row>([
    ['of its own are not removed', removePort(own, ids), ['port-of-floating-ips', null, automatic]],
    ['of a host are not removed', removePort(gateway, ids), ['port-of-floating-ips', null, automatic]],
    ['of its own are not changed', updatePort(own, { name: 'mine' }, ids), ['port-of-floating-ips', null, automatic]],
    ['of a host are not changed', updatePort(gateway, { hostId: null }, ids), ['port-of-floating-ips', null, automatic]],
    [
      'are no NICs',
      updateVm(web2, { nics: [{ portId: own }] }, ids),
      ['port-unused', 'nics.0.portId', '"floating IP 203.0.113.50" is in use already.'],
    ],
    [
      'are no interfaces',
      addInterface(edge, { portId: own }, ids),
      [
        'router-interface-port-used',
        'portId',
        '"floating IP 203.0.113.50" is used by another device; a router takes a port that nothing uses.',
      ],
    ],
  ])('%s', (_, edit, expected) => expect(broken(edit)).toEqual([expected]))
})
