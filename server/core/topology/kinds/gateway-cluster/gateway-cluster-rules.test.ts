// Whatever a gateway cluster may not be, who may not use it, and what it holds, with the sentence that says so.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { floatingIpEdits } from '../floating-ip/floating-ip-edits'
import { floatingIpInput } from '../floating-ip/floating-ip-input'
import { removeHost, setHostPrepared, updateHost } from '../host/host-edits'
import { lintTopology } from '../../../lint/lint-topology'
import { removeNetwork, updateNetwork } from '../network/network-edits'
import { removePort } from '../port/port-edits'
import { portForwardingEdits } from '../port-forwarding/port-forwarding-edits'
import { portForwardingInput } from '../port-forwarding/port-forwarding-input'
import { updateRouter } from '../router/router-edits'
import { addInterface } from '../router/router-interfaces'
import { createSubnet, removeSubnet, updateSubnet } from '../subnet/subnet-edits'
import { subnetInput } from '../subnet/subnet-input'
import { gatewayClusterEdits } from './gateway-cluster-edits'
import { gatewayClusterInput, type GatewayClusterPatch } from './gateway-cluster-input'

const { draft, demo, physnet1, cmp1, blue, blueSubnet, green, greenSubnet, web1 } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const anId = '99999999-9999-4999-8999-999999999999'
const bridgeMappings = [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }]
const tunnelAt = (last: number) => ({ address: `192.168.160.${last}`, prefixLength: 24, nic: 'ens37', gatewayIp: '192.168.160.1' })
const gateway = (name: string, last: number, changes: object = {}) =>
  draft.host(name, last, { roles: ['gateway'], tunnel: tunnelAt(last), bridgeMappings, ...changes })
const [gw1, gw2] = [gateway('gw1', 21), gateway('gw2', 22)]
const untunnelled = gateway('untunnelled', 23, { tunnel: null })
const unwired = gateway('unwired', 24, { bridgeMappings: [] })
const bridged = gateway('bridged', 25, { agentKind: 'linuxbridge' })
const lonely = gateway('lonely', 26, { tunnel: { address: '192.168.161.26', prefixLength: 24, nic: 'ens37' } })

const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
const outsideSubnet = draft.subnet({
  networkId: outside,
  name: 'outside-subnet',
  cidr: '203.0.113.0/24',
  isDhcpEnabled: false,
  allocationPools: [{ start: '203.0.113.10', end: '203.0.113.99' }],
})
const other = draft.network({ projectId: demo, name: 'other', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })

const record = {
  cloudId: 'south',
  floatingIpId: anId,
  floatingIp: '203.0.113.120',
  vmIp: '10.0.1.3',
  dvrMac: 'fa:16:3f:00:00:99',
  vni: 5,
  vtep: '192.168.170.9',
  selectorMac: 'fa:16:3e:00:00:99',
}
const plain = {
  name: 'gateways',
  networkId: outside,
  vip: '192.168.200.1',
  cloudId: 'north',
  localAs: 65_001,
  peers: [
    { address: '192.168.160.1', as: 65_000 },
    { address: '203.0.113.3', as: 65_000 },
  ],
  floatingIpPools: [{ start: '203.0.113.100', end: '203.0.113.120' }],
  memberHostIds: [gw1],
}
const cluster = draft.gatewayCluster({ ...plain, importedRecords: [record] })
const spread = draft.router({
  projectId: demo,
  name: 'spread',
  isDistributed: true,
  floatingIpMode: 'gateway',
  gatewayClusterId: cluster,
  gateway: { networkId: outside },
})
draft.make(addInterface(spread, { subnetId: blueSubnet }, ids))
const vmPort = draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]!
const floating = draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId: vmPort })
const idle = draft.floatingIp({ projectId: demo, networkId: outside, ipAddress: '203.0.113.60' })
const spreadPorts = () => draft.topology.ports.filter(({ deviceId }) => deviceId === spread)
const memberPort = () => draft.topology.ports.find(({ deviceOwner }) => deviceOwner === 'network:gateway_member')!
const selector = () => spreadPorts().find(({ deviceOwner }) => deviceOwner === 'network:router_centralized_fip')!

const broken = (edit: TopologyEdit<unknown>) =>
  draft.violations(edit).map((violation) => [violation.rule, violation.field, explainViolation(violation)])
const create = (changes: object) =>
  gatewayClusterEdits.create.edit(
    gatewayClusterInput.parse({
      ...plain,
      name: 'second',
      vip: '192.168.200.2',
      floatingIpPools: [pool(130, 140)],
      memberHostIds: [gw2],
      ...changes,
    }),
    deps,
  )
const pool = (first: number, last: number) => ({ start: `203.0.113.${first}`, end: `203.0.113.${last}` })
const update = (patch: GatewayClusterPatch) => gatewayClusterEdits.update.edit(cluster, patch, deps)
const imported = (changes: object) => update({ importedRecords: [{ ...record, ...changes }] })

type Row = readonly [string, TopologyEdit<unknown>, readonly [rule: string, field: string | null, sentence: string]]

it('the design that they are tried on breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

it('what fits is taken', () => expect(broken(create({}))).toEqual([]))

describe('members', () => {
  it.each<Row>([
    [
      'none',
      create({ memberHostIds: [] }),
      ['gateway-members-none', 'memberHostIds', 'A gateway cluster has at least one member: nothing would lead out by it.'],
    ],
    [
      'the last one taken out',
      update({ memberHostIds: [] }),
      ['gateway-members-none', 'memberHostIds', 'A gateway cluster has at least one member: nothing would lead out by it.'],
    ],
    [
      'one that does not exist',
      create({ memberHostIds: [anId] }),
      ['known-object', 'memberHostIds.0', 'This host does not exist, or no longer.'],
    ],
    ['one twice', create({ memberHostIds: [gw2, gw2] }), ['gateway-member-unique', 'memberHostIds.1', 'Host "gw2" is listed twice.']],
    [
      'a compute host',
      create({ memberHostIds: [cmp1] }),
      ['gateway-member-role', 'memberHostIds.0', 'Host "cmp1" is no gateway host; a member of a cluster has the role gateway.'],
    ],
    [
      'of another cluster',
      create({ memberHostIds: [gw1] }),
      ['gateway-member-taken', 'memberHostIds.0', 'Host "gw1" is a member of gateway cluster "gateways" already.'],
    ],
    [
      'without a tunnel',
      create({ memberHostIds: [untunnelled] }),
      ['gateway-member-tunnel', 'memberHostIds.0', 'Host "untunnelled" has no tunnel address, by which a gateway is in the underlay.'],
    ],
    [
      'with Linux bridge',
      create({ memberHostIds: [bridged] }),
      ['gateway-member-agent', 'memberHostIds.0', 'Host "bridged" has Linux bridge; a gateway translates with flows of Open vSwitch.'],
    ],
    [
      'without a way to the external network',
      create({ memberHostIds: [unwired] }),
      [
        'physical-network-mapped',
        'memberHostIds.0',
        'Host "unwired" has no bridge for the physical network "physnet1" of network "outside".',
      ],
    ],
    [
      'without a peer next door',
      create({ memberHostIds: [lonely] }),
      [
        'gateway-member-peer',
        'memberHostIds.0',
        'No BGP peer is a neighbour of host "lonely" (192.168.161.26/24) in the underlay: nobody would know the way to the cluster by it.',
      ],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))

  it.each<Row>([
    [
      'keep their role',
      updateHost(gw1, { roles: ['compute'] }, ids),
      ['gateway-member-role', 'roles', 'Host "gw1" is no gateway host; a member of a cluster has the role gateway.'],
    ],
    [
      'keep their tunnel',
      updateHost(gw1, { tunnel: null }, ids),
      ['gateway-member-tunnel', 'tunnel', 'Host "gw1" has no tunnel address, by which a gateway is in the underlay.'],
    ],
    [
      'stay beside their peer',
      updateHost(gw1, { tunnel: { address: '192.168.162.1', prefixLength: 24, nic: 'ens37' } }, ids),
      [
        'gateway-member-peer',
        'tunnel',
        'No BGP peer is a neighbour of host "gw1" (192.168.162.1/24) in the underlay: nobody would know the way to the cluster by it.',
      ],
    ],
    [
      'stay prepared',
      setHostPrepared(gw1, false, ids),
      ['host-in-use', 'isPrepared', 'Host "gw1" still has ports: "gateway gw1 of gateways". Take them away first.'],
    ],
    ['stay', removeHost(gw1, ids), ['host-without-ports', null, 'Ports are still bound to host "gw1": "gateway gw1 of gateways".']],
    [
      'are gateways and nothing else',
      updateHost(gw1, { roles: ['gateway', 'compute'] }, ids),
      [
        'role-gateway-alone',
        'roles',
        'A gateway host is nothing else: it would reach its own cluster address by itself, past the tunnels. Give it the role gateway alone.',
      ],
    ],
    [
      'have their port as long',
      removePort(memberPort().id, ids),
      ['port-of-gateway', null, 'The port belongs to gateway cluster "gateways"; it comes and goes with its members.'],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('the VIP', () => {
  const inBlue =
    'The VIP 10.0.1.200 would be an address of 10.0.1.0/24 of subnet "blue-subnet" in network "blue"; it is an address of the underlay that no network has.'
  it.each<Row>([
    ['no address', create({ vip: '192.168.200' }), ['address-form', 'vip', 'The VIP is an IPv4 address such as 192.168.200.1.']],
    ['nobody’s', create({ vip: '224.0.0.9' }), ['gateway-vip-usable', 'vip', '224.0.0.9 is not an address that a host can have.']],
    ['on a tenant network', create({ vip: '10.0.1.200' }), ['gateway-vip-subnet', 'vip', inBlue]],
    ['moved onto a tenant network', update({ vip: '10.0.1.200' }), ['gateway-vip-subnet', 'vip', inBlue]],
    [
      'next to hosts',
      create({ vip: '192.168.150.200' }),
      [
        'gateway-vip-underlay',
        'vip',
        'The VIP 192.168.150.200 would be an address of the underlay subnet 192.168.150.12/24 of host "cmp1"; hosts there would look for it next door, and not by a router. Take one outside.',
      ],
    ],
    [
      'another cluster’s',
      create({ vip: '192.168.200.1' }),
      ['gateway-vip-unique', 'vip', '192.168.200.1 is the VIP of gateway cluster "gateways".'],
    ],
    [
      'in a subnet that is made',
      createSubnet(subnetInput.parse({ networkId: green, name: 'late', cidr: '192.168.200.0/24' }), ids),
      [
        'gateway-vip-subnet',
        'cidr',
        'The VIP 192.168.200.1 would be an address of 192.168.200.0/24 of subnet "late" in network "green"; it is an address of the underlay that no network has.',
      ],
    ],
    [
      'next to a host that comes there',
      updateHost(cmp1, { tunnel: { address: '192.168.200.9', prefixLength: 24, nic: 'ens37' } }, ids),
      [
        'gateway-vip-underlay',
        'tunnel.address',
        'The VIP 192.168.200.1 would be an address of the underlay subnet 192.168.200.9/24 of host "cmp1"; hosts there would look for it next door, and not by a router. Take one outside.',
      ],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('peers and AS numbers', () => {
  const [underlay, uplink] = plain.peers
  it.each<Row>([
    [
      'an AS that is nobody’s',
      create({ localAs: 23_456 }),
      ['gateway-as', 'localAs', 'An AS number is a whole number from 1 to 4294967294.'],
    ],
    [
      'an AS of a peer that is too large',
      create({ peers: [underlay, { ...uplink, as: 4_294_967_295 }] }),
      ['gateway-as', 'peers.1.as', 'An AS number is a whole number from 1 to 4294967294.'],
    ],
    [
      'no address',
      create({ peers: [underlay, uplink, { ...uplink, address: 'fabric' }] }),
      ['address-form', 'peers.2.address', 'A BGP peer has an IPv4 address such as 192.168.150.1.'],
    ],
    [
      'one twice',
      create({ peers: [underlay, uplink, uplink] }),
      ['gateway-peer-unique', 'peers.2.address', 'The peer 203.0.113.3 is listed twice.'],
    ],
    [
      'a host of the design',
      create({ peers: [underlay, uplink, { ...underlay, address: '192.168.160.21' }] }),
      ['gateway-peer-own', 'peers.2.address', '192.168.160.21 is an address of gw1 itself, and no peer.'],
    ],
    [
      'nobody’s neighbour',
      create({ peers: [underlay, uplink, { ...underlay, address: '192.0.2.1' }] }),
      [
        'gateway-peer-off-link',
        'peers.2.address',
        '192.0.2.1 is neither in a subnet of "outside" nor in the underlay subnet of a member: peers are neighbours.',
      ],
    ],
    [
      'none outside',
      create({ peers: [underlay] }),
      [
        'gateway-uplink-peer',
        'peers',
        'No BGP peer is in a subnet of the external network "outside": nobody outside would know the way to its floating IPs.',
      ],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('pools', () => {
  const at = 'floatingIpPools.0'
  it.each<Row>([
    [
      'none',
      create({ floatingIpPools: [] }),
      [
        'gateway-pools-none',
        'floatingIpPools',
        'A gateway cluster has at least one pool, to give floating IPs and addresses for SNAT from.',
      ],
    ],
    [
      'no addresses',
      create({ floatingIpPools: [{ start: 'a', end: 'b' }] }),
      ['address-form', at, 'A pool has two IPv4 addresses, for example 10.0.0.10 and 10.0.0.99.'],
    ],
    ['backwards', create({ floatingIpPools: [pool(140, 130)] }), ['pool-order', at, expect.any(String) as string]],
    [
      'that overlap',
      create({ floatingIpPools: [pool(130, 140), pool(140, 150)] }),
      ['pool-overlap', 'floatingIpPools.1', expect.any(String) as string],
    ],
    [
      'outside of the network',
      create({ floatingIpPools: [{ start: '198.51.100.1', end: '198.51.100.9' }] }),
      ['gateway-pool-subnet', at, '198.51.100.1–198.51.100.9 is not within one subnet of the external network "outside".'],
    ],
    [
      'with the gateway of the subnet',
      create({ floatingIpPools: [pool(1, 2)] }),
      ['gateway-pool-address', at, '203.0.113.1–203.0.113.2 has 203.0.113.1, which is the gateway of its subnet.'],
    ],
    [
      'with a peer',
      create({ floatingIpPools: [pool(2, 4)] }),
      ['gateway-pool-address', at, '203.0.113.2–203.0.113.4 has 203.0.113.3, which is a BGP peer.'],
    ],
    [
      'half in an allocation pool',
      create({ floatingIpPools: [pool(5, 20)] }),
      [
        'gateway-pool-straddles',
        at,
        '203.0.113.5–203.0.113.20 is partly inside and partly outside 203.0.113.10–203.0.113.99, a pool of subnet "outside-subnet": have it inside, or outside of all of them.',
      ],
    ],
    [
      'of another cluster',
      create({ floatingIpPools: [pool(120, 130)] }),
      [
        'gateway-pool-overlap',
        at,
        '203.0.113.120–203.0.113.130 overlaps 203.0.113.100–203.0.113.120 of gateway cluster "gateways": only one may announce an address.',
      ],
    ],
    [
      'without a floating IP that is in use',
      update({ floatingIpPools: [pool(110, 120)] }),
      [
        'gateway-floating-ips-outside',
        'floatingIpPools',
        'Router "spread" leads out by gateway cluster "gateways", whose pools do not have "203.0.113.101".',
      ],
    ],
    [
      'cut by what the subnet gives away',
      updateSubnet(outsideSubnet, { allocationPools: [pool(10, 110)] }, ids),
      [
        'gateway-pool-straddles',
        'allocationPools',
        '203.0.113.100–203.0.113.120 is partly inside and partly outside 203.0.113.10–203.0.113.110, a pool of subnet "outside-subnet": have it inside, or outside of all of them.',
      ],
    ],
    [
      'hold their subnet',
      removeSubnet(outsideSubnet, ids),
      ['subnet-without-pools', null, 'Gateway clusters have pools or peers in subnet "outside-subnet": "gateways". Take them out first.'],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('the rest of it', () => {
  it.each<Row>([
    [
      'a network that is not external',
      create({ networkId: blue }),
      ['gateway-network-external', 'networkId', 'Network "blue" is not external; a gateway cluster leads out by an external network.'],
    ],
    ['no network', create({ networkId: anId }), ['known-object', 'networkId', 'This network does not exist, or no longer.']],
    [
      'no function',
      create({ functions: [] }),
      ['gateway-functions-none', 'functions', 'Choose what the cluster does: floating IPs, SNAT, or both.'],
    ],
    ['a name that is taken', create({ name: 'gateways' }), ['name-unique', 'name', expect.any(String) as string]],
    ['no cloud', create({ cloudId: '' }), ['name-not-empty', 'cloudId', expect.any(String) as string]],
    [
      'keeps its network external',
      updateNetwork(outside, { isExternal: false }, ids),
      ['network-external-clusters', 'isExternal', 'Gateway clusters lead out by network "outside": "gateways". It stays external.'],
    ],
    [
      'keeps its network',
      removeNetwork(outside),
      ['network-without-ports', null, expect.stringContaining('"gateway gw1 of gateways"') as string],
    ],
    [
      'stays while routers use it',
      gatewayClusterEdits.remove(cluster, deps),
      ['gateway-cluster-in-use', null, 'Routers lead out by gateway cluster "gateways": "spread" and "tunnelled".'],
    ],
    [
      'keeps what routers need: floating IPs',
      update({ functions: ['snat'] }),
      [
        'gateway-floating-ips-not-offered',
        'functions',
        'Gateway cluster "gateways" does not do floating IPs, and router "spread" has some: "203.0.113.101".',
      ],
    ],
    [
      'keeps what routers need: SNAT',
      update({ functions: ['floating-ip'] }),
      [
        'gateway-snat-not-offered',
        'functions',
        'Gateway cluster "gateways" does not do SNAT: switch it off for router "spread", or on for the cluster.',
      ],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('records of other clouds', () => {
  const at = (field: string) => `importedRecords.0.${field}`
  it.each<Row>([
    [
      'of this cloud',
      imported({ cloudId: 'north' }),
      ['gateway-record-cloud', at('cloudId'), 'Records of "north" follow from this design; what is imported comes from other clouds.'],
    ],
    [
      'outside of the pools',
      imported({ floatingIp: '203.0.113.200' }),
      ['gateway-record-outside', at('floatingIp'), '203.0.113.200 is not in the pools of gateway cluster "gateways".'],
    ],
    [
      'of an address that is taken',
      imported({ floatingIp: '203.0.113.101' }),
      ['gateway-record-taken', at('floatingIp'), '203.0.113.101 is taken by "floating IP 203.0.113.101" of this design.'],
    ],
    [
      'at a host of this design',
      imported({ vtep: '192.168.150.12' }),
      ['gateway-record-vtep', at('vtep'), '192.168.150.12 is the tunnel address of host "cmp1" of this design, and of no other cloud.'],
    ],
    ['without a VNI', imported({ vni: 0 }), ['gateway-record-vni', at('vni'), 'A VNI is a whole number from 1 to 16777215.']],
    ['without an address', imported({ vmIp: '10.0.1' }), ['address-form', at('vmIp'), 'A record has IPv4 addresses such as 10.0.0.5.']],
    ['without a MAC', imported({ dvrMac: 'fa:16' }), ['mac-form', at('dvrMac'), 'A MAC address is written like fa:16:3e:12:34:56.']],
    [
      'twice of one address',
      update({ importedRecords: [record, { ...record, vmIp: '10.0.1.4' }] }),
      ['gateway-record-unique', 'importedRecords.1.floatingIp', 'There are two records of 203.0.113.120.'],
    ],
    [
      'twice of one VM',
      update({ importedRecords: [record, { ...record, floatingIp: '203.0.113.119' }] }),
      [
        'gateway-record-place',
        'importedRecords.1.vmIp',
        'There are two records of 10.0.1.3 in VNI 5 at 192.168.170.9: nothing in a packet would tell which floating IP it leaves with.',
      ],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))

  it('may have the VNI and the addresses of this one', () => {
    const [port, network] = [draft.topology.ports.find(({ id }) => id === vmPort)!, draft.topology.networks.find(({ id }) => id === blue)!]
    expect(broken(imported({ vmIp: port.fixedIps[0]!.ipAddress, vni: network.segmentationId }))).toEqual([])
  })

  it.each<Row>([
    [
      'have addresses that nobody here is given',
      floatingIpEdits.create.edit(floatingIpInput.parse({ projectId: demo, networkId: outside, ipAddress: record.floatingIp }), deps),
      ['address-abroad', 'ipAddress', '203.0.113.120 is a floating IP of cloud "south", as its record in a gateway cluster says.'],
    ],
    [
      'nor a router',
      updateRouter(spread, { gateway: { networkId: outside, ipAddress: record.floatingIp } }, ids),
      ['address-abroad', 'gateway.ipAddress', '203.0.113.120 is a floating IP of cloud "south", as its record in a gateway cluster says.'],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))
})

describe('a router that leads out by it', () => {
  const wired = draft.network({ projectId: demo, name: 'wire', type: 'vlan', physicalNetworkId: physnet1 })
  const wiredSubnet = draft.subnet({ networkId: wired, name: 'wire-subnet', cidr: '10.0.9.0/24' })
  const centralized = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
  const byOther = draft.router({ projectId: demo, name: 'elsewhere', isDistributed: true })
  const onWire = draft.router({
    projectId: demo,
    name: 'wired',
    isDistributed: true,
    gateway: { networkId: outside, isSnatEnabled: false },
  })
  draft.make(addInterface(onWire, { subnetId: greenSubnet }, ids))
  const mode = { floatingIpMode: 'gateway', gatewayClusterId: cluster } as const
  const tunnelled = draft.router({ projectId: demo, name: 'tunnelled', isDistributed: true, ...mode, gateway: { networkId: outside } })
  it.each<Row>([
    [
      'names one',
      updateRouter(onWire, { floatingIpMode: 'gateway' }, ids),
      ['router-cluster-required', 'gatewayClusterId', 'Choose the gateway cluster by which the router leads out.'],
    ],
    [
      'in that mode',
      updateRouter(onWire, { gatewayClusterId: cluster }, ids),
      ['router-cluster-mode', 'gatewayClusterId', 'A router leads out by a gateway cluster in the mode "gateway" only.'],
    ],
    [
      'that exists',
      updateRouter(onWire, { ...mode, gatewayClusterId: anId }, ids),
      ['known-object', 'gatewayClusterId', 'This gateway cluster does not exist, or no longer.'],
    ],
    [
      'is distributed',
      updateRouter(centralized, mode, ids),
      ['router-floating-ip-mode', 'floatingIpMode', expect.stringContaining('Only a distributed router') as string],
    ],
    [
      'has its gateway there',
      updateRouter(byOther, { ...mode, gateway: { networkId: other } }, ids),
      ['router-gateway-subnet', 'gateway.networkId', 'Network "other" has no subnet to take an address of.'],
    ],
    [
      'joins networks that have a VNI',
      updateRouter(onWire, mode, ids),
      [
        'router-cluster-vxlan',
        'gatewayClusterId',
        'Router "wired" leads out by a gateway cluster, which is reached by VXLAN; network "green" has no VNI.',
      ],
    ],
    [
      'joins no other',
      addInterface(tunnelled, { subnetId: wiredSubnet }, ids),
      [
        'router-cluster-vxlan',
        'subnetId',
        'Router "tunnelled" leads out by a gateway cluster, which is reached by VXLAN; network "wire" has no VNI.',
      ],
    ],
    [
      'has floating IPs of its pools',
      floatingIpEdits.update.edit(idle, { fixedPortId: vmPort }, deps),
      ['floating-ip-fixed-unique', 'fixedIpAddress', expect.any(String) as string],
    ],
    [
      'has its selectors for itself',
      removePort(selector().id, ids),
      ['port-of-router', null, 'The port belongs to router "spread"; it comes and goes with its gateway cluster.'],
    ],
  ])('%s', (_, edit, violation) => expect(broken(edit)).toContainEqual(violation))

  it('has no floating IP from elsewhere', () => {
    const web2Port = draft.topology.vms.find(({ name }) => name === 'web-2')!.portIds[0]!
    expect(broken(floatingIpEdits.update.edit(idle, { fixedPortId: web2Port }, deps))).toEqual([
      [
        'gateway-floating-ips-outside',
        'fixedPortId',
        'Router "spread" leads out by gateway cluster "gateways", whose pools do not have "203.0.113.60".',
      ],
    ])
  })
})

it('hosts that know no way to the VIP are told', () => {
  const toldOf = () =>
    lintTopology(draft.topology).flatMap(({ code, subject }) => (code === 'underlay-without-router' ? [subject.name] : []))
  expect(toldOf()).toEqual(expect.arrayContaining(['cmp1', 'cmp2']))
  const tunnel = { address: '192.168.150.12', prefixLength: 24, nic: 'ens37', gatewayIp: '192.168.150.1' }
  draft.make(updateHost(cmp1, { tunnel }, ids))
  expect(toldOf()).not.toContain('cmp1')
})

describe('port forwardings', () => {
  it('are none of a cluster', () => {
    const web2Port = draft.topology.vms.find(({ name }) => name === 'web-2')!.portIds[0]!
    const forwarding = { floatingIpId: idle, protocol: 'tcp', externalPort: 80, internalPortId: web2Port, internalPort: 80 } as const
    const edit = portForwardingEdits.create.edit(portForwardingInput.parse(forwarding), deps)
    expect(broken(edit)).toEqual([
      [
        'port-forwarding-cluster',
        'internalPortId',
        `Router "spread" leads 10.0.1.4 of "web-2 eth0" out by a gateway cluster, which forwards no single ports. Give the port a floating IP of its own.`,
      ],
    ])
  })
})

describe('what is settled', () => {
  it('an uplink address beside the pools, and one of the pools for SNAT', () => {
    expect(memberPort().fixedIps.map(({ ipAddress }) => ipAddress)).toEqual(['203.0.113.10', '203.0.113.100'])
    expect(memberPort()).toMatchObject({ hostId: gw1, deviceId: cluster, networkId: outside })
  })

  it('a selector for each subnet of the router, with an address of it, on no host', () => {
    expect(selector()).toMatchObject({ hostId: null, networkId: blue, snatBlock: '240.0.0.0/24' })
    expect(selector().fixedIps[0]?.subnetId).toBe(blueSubnet)
    expect(spreadPorts().map(({ deviceOwner }) => deviceOwner)).not.toContain('network:router_centralized_snat')
  })

  it('a floating IP for a port behind it is one of the pools', () => {
    const { portId } = draft.topology.floatingIps.find(({ id }) => id === floating)!
    expect(draft.topology.ports.find(({ id }) => id === portId)?.fixedIps[0]?.ipAddress).toBe('203.0.113.101')
  })

  it('no host has an address of its own for floating IPs, until the router leads out as Neutron does, and again', () => {
    const owners = () => new Set(draft.topology.ports.map(({ deviceOwner }) => deviceOwner))
    expect(owners()).not.toContain('network:floatingip_agent_gateway')
    draft.make(updateRouter(spread, { floatingIpMode: 'dvr' }, ids))
    expect(draft.topology.routers.find(({ id }) => id === spread)).not.toHaveProperty('gatewayClusterId')
    expect([owners().has('network:floatingip_agent_gateway'), owners().has('network:router_centralized_snat')]).toEqual([true, true])
    expect(spreadPorts().map(({ deviceOwner }) => deviceOwner)).not.toContain('network:router_centralized_fip')
    draft.make(updateRouter(spread, { floatingIpMode: 'gateway', gatewayClusterId: cluster }, ids))
    expect([owners().has('network:floatingip_agent_gateway'), owners().has('network:router_centralized_snat')]).toEqual([false, false])
    expect(selector().snatBlock).toBe('240.0.0.0/24')
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('a member that comes has a port, and one that goes has none', () => {
    const membersOf = () => draft.topology.ports.filter(({ deviceOwner }) => deviceOwner === 'network:gateway_member')
    draft.make(update({ memberHostIds: [gw1, gw2] }))
    expect(membersOf().map(({ hostId, fixedIps }) => [hostId, ...fixedIps.map(({ ipAddress }) => ipAddress)])).toEqual(
      expect.arrayContaining([
        [gw1, '203.0.113.10', '203.0.113.100'],
        [gw2, expect.any(String), '203.0.113.102'],
      ]),
    )
    draft.make(update({ memberHostIds: [gw2], functions: ['floating-ip', 'snat'] }))
    expect(membersOf().map(({ hostId }) => hostId)).toEqual([gw2])
    expect(checkTopology(draft.topology)).toEqual([])
  })
})
