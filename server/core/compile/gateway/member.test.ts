import { describe, expect, it } from 'vitest'
import type { HostState } from '../../host/host-state'
import { ids, sampleTopology } from '../../testing/sample-topology'
import type { FloatingIp } from '../../topology/kinds/floating-ip/floating-ip'
import type { GatewayCluster, GatewayRecord } from '../../topology/kinds/gateway-cluster/gateway-cluster'
import type { Port } from '../../topology/kinds/port/port'
import type { Router } from '../../topology/kinds/router/router'
import type { Topology } from '../../topology/topology'
import { compileHost } from '../compile'

// The VXLAN network behind a router that leads out by a cluster of one member, net1. The VM on cmp1 has a floating IP, the one on cmp2 has none.
const routerId = 'ac000001-0000-4000-8000-000000000001'
const clusterId = 'ca000001-0000-4000-8000-000000000001'
const [member, cmp2] = [ids.host(1), ids.host(3)]
const external = ids.network(1)
const [netns, uplink, inside] = [`gateway-${clusterId}`, 'gw-b3000001-00', 'gwi-ca000001-0']

const port = (id: string, changes: Partial<Port>): Port => ({
  id: `${id}-0000-4000-8000-000000000001`,
  networkId: external,
  name: '',
  macAddress: 'fa:16:3e:aa:00:01',
  fixedIps: [],
  hostId: null,
  deviceOwner: '',
  deviceId: routerId,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
  ...changes,
})
const at = (network: number, ...addresses: readonly string[]) =>
  addresses.map((ipAddress) => ({ subnetId: ids.subnet(network), ipAddress }))
const router: Router = {
  id: routerId,
  projectId: ids.project,
  name: 'r1',
  isAdminStateUp: true,
  isDistributed: true,
  floatingIpMode: 'gateway',
  gatewayClusterId: clusterId,
  hostId: null,
  gateway: { networkId: external, portId: port('b1000001', {}).id, isSnatEnabled: true },
  routes: [],
  linkLocalPair: 3,
}
const cluster: GatewayCluster = {
  id: clusterId,
  name: 'cluster',
  networkId: external,
  vip: '192.168.200.1',
  cloudId: 'here',
  functions: ['floating-ip', 'snat'],
  localAs: 65_001,
  peers: [
    { address: '192.168.150.1', as: 65_000, hasBfd: true },
    { address: '10.0.1.3', as: 65_000, hasBfd: false },
  ],
  floatingIpPools: [{ start: '10.0.1.100', end: '10.0.1.199' }],
  memberHostIds: [member],
  importedRecords: [],
}
const floatingIp: FloatingIp = {
  id: 'b0000001-0000-4000-8000-000000000001',
  projectId: ids.project,
  networkId: external,
  portId: port('b2000001', {}).id,
  fixedPortId: ids.port(3, 2),
  fixedIpAddress: '10.0.3.3',
  routerId,
  rulePriority: 32_770,
}
/** The same VNI, the same address of a VM. */
const elsewhere: GatewayRecord = {
  cloudId: 'there',
  floatingIpId: 'b0000009-0000-4000-8000-000000000001',
  floatingIp: '10.0.1.150',
  vmIp: '10.0.3.3',
  dvrMac: 'fa:16:3f:00:09:01',
  vni: 0x5e3,
  vtep: '192.168.151.9',
  selectorMac: 'fa:16:3e:99:00:09',
}

function design(changes: Partial<GatewayCluster> = {}, routerChanges: Partial<Router> = {}): Topology {
  const topology = sampleTopology({ networks: [1, 3] })
  const selector = { deviceOwner: 'network:router_centralized_fip', networkId: ids.network(3), snatBlock: '240.0.0.0/24' } as const
  const ports = [
    port('b0000003', { networkId: ids.network(3), deviceOwner: 'network:router_interface_distributed', fixedIps: at(3, '10.0.3.1') }),
    port('b1000001', { deviceOwner: 'network:router_gateway', fixedIps: at(1, '10.0.1.60') }),
    port('b2000001', { deviceOwner: 'network:floatingip', deviceId: floatingIp.id, fixedIps: at(1, '10.0.1.101') }),
    port('b3000001', {
      deviceOwner: 'network:gateway_member',
      deviceId: clusterId,
      hostId: member,
      fixedIps: at(1, '10.0.1.70', '10.0.1.100'),
    }),
    port('b4000001', { ...selector, macAddress: 'fa:16:3e:99:00:01', fixedIps: at(3, '10.0.3.200') }),
  ]
  return {
    ...topology,
    hosts: topology.hosts.map((host) => (host.tunnel ? { ...host, tunnel: { ...host.tunnel, gatewayIp: '192.168.150.1' } } : host)),
    ports: [...topology.ports, ...ports],
    routers: [{ ...router, ...routerChanges }],
    gatewayClusters: [{ ...cluster, ...changes }],
    floatingIps: [floatingIp],
  }
}

const flowsOf = (state: HostState) =>
  state.flows
    .filter(({ bridge }) => bridge === 'br-gw')
    .map(({ table, priority, match, actions }) => `${table} ${priority} ${match || 'any'} -> ${actions}`)
const chainOf = (state: HostState, table: string, chain: string) =>
  state.iptables.find((each) => each.netns === netns && each.table === table && each.chain === `tapline-${chain}`)?.rules
const serviceOf = (state: HostState, side: string) => state.services.find(({ name }) => name === `bird-${side}-${clusterId}`)

describe('a member of a gateway cluster', () => {
  const state = compileHost(design(), member)

  it('has the VIP where its tunnel address is, and ends tunnels for it', () => {
    expect(state.addresses.filter((each) => each.netns === '').map(({ link, cidr }) => `${cidr} on ${link}`)).toEqual([
      '192.168.150.11/24 on br-ens37',
      '192.168.200.1/32 on br-ens37',
    ])
    expect(state.ovsPorts.find(({ name }) => name === 'vxlan-gw')?.interface.options).toMatchObject({
      local_ip: '192.168.200.1',
      remote_ip: 'flow',
    })
  })

  it('translates one to one by flows, of each VM by all that tells it from others', () => {
    expect(flowsOf(state)).toEqual([
      `0 10 in_port=vxlan-gw,ip -> resubmit(,1)`,
      `0 10 in_port=${inside},ip -> resubmit(,2)`,
      '0 0 any -> drop',
      '1 20 ip,nw_dst=240.0.0.0/4 -> drop',
      '1 0 any -> drop',
      '2 0 any -> drop',
      `1 10 dl_dst=fa:16:3e:99:00:01,ip,nw_src=10.0.3.3,tun_id=0x5e3,tun_src=192.168.150.12 -> set_field:10.0.1.101->ip_src,set_field:02:74:61:00:00:02->eth_src,set_field:02:74:61:00:00:01->eth_dst,output:${inside}`,
      '2 10 ip,nw_dst=10.0.1.101 -> set_field:10.0.3.3->ip_dst,set_field:fa:16:3e:99:00:01->eth_src,set_field:fa:16:3f:00:00:02->eth_dst,set_tunnel:0x5e3,set_field:192.168.150.12->tun_dst,output:vxlan-gw',
      `1 10 dl_dst=fa:16:3e:99:00:01,ip,nw_src=10.0.3.4,tun_id=0x5e3,tun_src=192.168.150.13 -> set_field:240.0.0.4->ip_src,set_field:02:74:61:00:00:02->eth_src,set_field:02:74:61:00:00:01->eth_dst,output:${inside}`,
      '2 10 ip,nw_dst=240.0.0.4 -> set_field:10.0.3.4->ip_dst,set_field:fa:16:3e:99:00:01->eth_src,set_field:fa:16:3f:00:00:03->eth_dst,set_tunnel:0x5e3,set_field:192.168.150.13->tun_dst,output:vxlan-gw',
    ])
  })

  it('routes what is translated in a namespace where the main table has no say', () => {
    const there = <Item extends { readonly netns: string }>(items: readonly Item[]) => items.filter((each) => each.netns === netns)
    expect(there(state.addresses).map(({ link, cidr }) => `${cidr} on ${link}`)).toEqual([
      `169.254.0.1/30 on ${inside}`,
      `10.0.1.70/24 on ${uplink}`,
    ])
    expect(there(state.routes).map(({ table, via, link }) => `${table}: ${via} by ${link}`)).toEqual([
      `100: 169.254.0.2 by ${inside}`,
      `101: 10.0.1.3 by ${uplink}`,
    ])
    expect(there(state.rules).map((rule) => `${rule.priority}: ${rule.inputLink ?? rule.destination} to ${rule.table}`)).toEqual([
      '99: 240.0.0.0/4 to 100',
      `100: ${uplink} to 100`,
      `101: ${inside} to 101`,
    ])
    expect(there(state.neighbours)).toEqual([{ netns, link: inside, address: '169.254.0.2', macAddress: '02:74:61:00:00:02' }])
  })

  it('remembers only what takes its own address, which is no device’s', () => {
    expect(chainOf(state, 'raw', 'PREROUTING')).toEqual([
      '-d 240.0.0.0/4 -j DROP',
      `-s 240.0.0.0/4 -i ${inside} -j RETURN`,
      '-d 10.0.1.100/32 -j RETURN',
      '-j CT --notrack',
    ])
    expect(chainOf(state, 'nat', 'POSTROUTING')).toEqual([`-s 240.0.0.0/4 -o ${uplink} -j SNAT --to-source 10.0.1.100`])
    expect(chainOf(state, 'filter', 'INPUT')).toEqual([`-i ${inside} -j DROP`])
  })

  it('tells the underlay of the VIP, and the external network of floating IPs and of its own address', () => {
    const [underlay, out] = [serviceOf(state, 'underlay'), serviceOf(state, 'uplink')]
    expect([underlay?.netns, out?.netns]).toEqual(['', netns])
    const told = (text = '') => [...text.matchAll(/(?:route|neighbor|local) .*/g)].map(([line]) => line)
    expect(told(underlay?.files['bird.conf'])).toEqual([
      'route 192.168.200.1/32 blackhole;',
      'local 192.168.150.11 as 65001;',
      'neighbor 192.168.150.1 as 65000;',
    ])
    expect(told(out?.files['bird.conf'])).toEqual([
      'route 10.0.1.100/32 blackhole;',
      'route 10.0.1.101/32 blackhole;',
      'local 10.0.1.70 as 65001;',
      'neighbor 10.0.1.3 as 65000;',
    ])
    expect(underlay?.files['bird.conf']).toContain('bfd graceful')
    expect(out?.files['bird.conf']).not.toContain('bfd')
  })
})

it('a member without SNAT knows only floating IPs, and remembers nothing', () => {
  const topology = design({ functions: ['floating-ip'] })
  const ports = topology.ports.map((each) => (each.deviceId === clusterId ? { ...each, fixedIps: each.fixedIps.slice(0, 1) } : each))
  const state = compileHost({ ...topology, ports }, member)
  expect(flowsOf(state).filter((flow) => flow.includes('->ip_src'))).toHaveLength(1)
  expect(chainOf(state, 'raw', 'PREROUTING')).toEqual(['-d 240.0.0.0/4 -j DROP', '-j CT --notrack'])
  expect(chainOf(state, 'nat', 'POSTROUTING')).toBeUndefined()
})

it('a router that does not translate leads out floating IPs alone', () => {
  const state = compileHost(design({}, { gateway: { ...router.gateway!, isSnatEnabled: false } }), member)
  expect(
    flowsOf(state)
      .filter((flow) => flow.includes('->ip_src'))
      .map((flow) => /set_field:(\S+?)->ip_src/.exec(flow)?.[1]),
  ).toEqual(['10.0.1.101'])
})

it('what another cloud tells is translated beside it, though its VM has the same address and VNI', () => {
  const state = compileHost(design({ importedRecords: [elsewhere] }), member)
  expect(flowsOf(state).filter((flow) => flow.includes('nw_src=10.0.3.3'))).toEqual([
    expect.stringMatching(/tun_src=192.168.150.12 .*set_field:10.0.1.101->ip_src/),
    expect.stringMatching(/dl_dst=fa:16:3e:99:00:09,.*tun_src=192.168.151.9 .*set_field:10.0.1.150->ip_src/),
  ])
  // Its host is in another underlay subnet.
  expect(state.routes.filter((each) => each.netns === '')).toContainEqual({
    netns: '',
    table: 'main',
    destination: '192.168.151.9/32',
    via: '192.168.150.1',
    link: 'br-ens37',
    protocol: '116',
  })
})

it('nothing of a cluster is on hosts that are no members', () => {
  const state = compileHost(design(), cmp2)
  expect([state.ovsBridges.some(({ name }) => name === 'br-gw'), state.services]).toEqual([false, []])
})

it('a member is compiled anew only when what it must know changes', () => {
  const topology = design()
  const before = compileHost(topology, member)
  const renamed = { ...topology, vms: topology.vms.map((vm) => ({ ...vm, name: `${vm.name}x` })) }
  expect(compileHost(renamed, member)).toBe(before)
  const moved = topology.ports.map((each) => (each.id === ids.port(3, 2) ? { ...each, hostId: cmp2 } : each))
  const after = compileHost({ ...topology, ports: moved }, member)
  expect(flowsOf(after).filter((flow) => flow.includes('tun_src=192.168.150.12'))).toEqual([])
})
