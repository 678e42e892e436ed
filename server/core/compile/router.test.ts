import { describe, expect, it } from 'vitest'
import type { Flow } from '../host/flow'
import type { HostState } from '../host/host-state'
import { canonicalFlow } from '../parse/openflow/canonical-flow'
import { ids, sampleTopology, type SampleOptions } from '../testing/sample-topology'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import type { Topology } from '../topology/topology'
import { compileHost } from './compile'

const routerId = 'ac000001-0000-4000-8000-000000000001'
const [net1, cmp1, cmp2] = [ids.host(1), ids.host(2), ids.host(3)]
const interfaceOf = (network: number): Port => ({
  id: `af00000${network}-0000-4000-8000-000000000001`,
  networkId: ids.network(network),
  name: '',
  macAddress: `fa:16:3e:aa:00:0${network}`,
  fixedIps: [{ subnetId: ids.subnet(network), ipAddress: `10.0.${network}.1` }],
  hostId: null,
  deviceOwner: 'network:router_interface_distributed',
  deviceId: routerId,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
})
const router: Router = {
  id: routerId,
  projectId: ids.project,
  name: 'r1',
  isAdminStateUp: true,
  isDistributed: true,
  floatingIpMode: 'dvr',
  hostId: null,
  gateway: null,
  routes: [],
}

/** Between the VLAN network and the VXLAN one. */
function routed(changes: Partial<Router> = {}, portChanges: Partial<Port> = {}, options: SampleOptions = {}): Topology {
  const topology = sampleTopology({ networks: [2, 3], ...options })
  const ports = [interfaceOf(2), interfaceOf(3)].map((port) => ({ ...port, ...portChanges }))
  return { ...topology, ports: [...topology.ports, ...ports], routers: [{ ...router, ...changes }] }
}

const print = ({ table, priority, match, actions }: Flow) => `${table} ${priority} ${match || 'any'} -> ${actions}`
const flowsOn = (state: HostState, bridge: string) => state.flows.filter((flow) => flow.bridge === bridge).map(print)
const line = (text: string) => {
  const parsed = canonicalFlow(text, 'br')
  if (!parsed.ok) throw new Error(text)
  return print(parsed.value)
}

describe('a distributed router', () => {
  const state = compileHost(routed(), cmp1)
  const netns = `qrouter-${routerId}`

  it('stands in a namespace with an interface for each network, and forwards', () => {
    expect(state.namespaces.find(({ name }) => name === netns)?.owner).toEqual({ kind: 'router', id: routerId })
    expect(state.addresses.filter((each) => each.netns === netns)).toEqual([
      { netns, link: 'qr-af000002-00', cidr: '10.0.2.1/24', isAnnounced: true },
      { netns, link: 'qr-af000003-00', cidr: '10.0.3.1/24', isAnnounced: true },
    ])
    expect(state.links.filter((link) => link.netns === netns).map(({ name, macAddress, mtu }) => [name, macAddress, mtu])).toEqual([
      ['qr-af000002-00', 'fa:16:3e:aa:00:02', 1500],
      ['qr-af000003-00', 'fa:16:3e:aa:00:03', 1450],
    ])
    expect(state.sysctls.filter((each) => each.netns === netns).map(({ key, value }) => `${key}=${value}`)).toContain(
      'net/ipv4/ip_forward=1',
    )
  })

  it('is told all whom it serves, and itself asks nobody', () => {
    const told = state.neighbours.map(({ link, address, macAddress }) => [link, address, macAddress])
    expect(told).toEqual([
      ['qr-af000002-00', '10.0.2.2', 'fa:16:3e:00:02:01'],
      ['qr-af000002-00', '10.0.2.3', 'fa:16:3e:00:02:02'],
      ['qr-af000002-00', '10.0.2.4', 'fa:16:3e:00:02:03'],
      ['qr-af000003-00', '10.0.3.2', 'fa:16:3e:00:03:01'],
      ['qr-af000003-00', '10.0.3.3', 'fa:16:3e:00:03:02'],
      ['qr-af000003-00', '10.0.3.4', 'fa:16:3e:00:03:03'],
    ])
  })

  it.each<[string, Readonly<Record<string, readonly { macAddress: string; ipAddress: string }[]>>, readonly string[]]>([
    [
      'one VM may have',
      { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.3.99' }] },
      ['10.0.3.99 fa:16:3e:00:03:02'],
    ],
    [
      'two VMs may have with one MAC address',
      {
        [ids.port(3, 2)]: [{ macAddress: '00:00:5e:00:01:07', ipAddress: '10.0.3.99' }],
        [ids.port(3, 3)]: [{ macAddress: '00:00:5e:00:01:07', ipAddress: '10.0.3.99' }],
      },
      ['10.0.3.99 00:00:5e:00:01:07'],
    ],
    [
      'either of two VMs may have',
      {
        [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.3.99' }],
        [ids.port(3, 3)]: [{ macAddress: 'fa:16:3e:00:03:03', ipAddress: '10.0.3.99' }],
      },
      [],
    ],
    ['another VM has', { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.3.4' }] }, []],
    ['the router has', { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.3.1' }] }, []],
    ['are many', { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.3.96/28' }] }, []],
    ['are of another subnet', { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: '10.0.9.9' }] }, []],
    ['are of IPv6', { [ids.port(3, 2)]: [{ macAddress: 'fa:16:3e:00:03:02', ipAddress: 'fd00::9' }] }, []],
  ])('is told of addresses beside their own that %s', (_, pairs, told) => {
    const topology = routed()
    const ports = topology.ports.map((port) => (pairs[port.id] ? { ...port, allowedAddressPairs: pairs[port.id]! } : port))
    const known = new Set(state.neighbours.map(({ address }) => address))
    const more = compileHost({ ...topology, ports }, cmp1).neighbours.filter(({ address }) => !known.has(address))
    expect(more.map(({ address, macAddress }) => `${address} ${macAddress}`)).toEqual(told)
  })

  // docs/reference/routers.md. VXLAN: local VLAN 13, VNI 0x5e3; VLAN 120: local VLAN 12. DVR MACs end with the number of the host.
  it.each([
    [
      'br-int',
      'table=0,priority=99,in_port=patch-tun,arp,arp_op=2,dl_dst=fa:16:3f:00:00:02,arp_tha=fa:16:3e:aa:00:03,actions=mod_dl_dst:fa:16:3e:aa:00:03,resubmit(,58)',
    ],
    ['br-int', 'table=0,priority=5,in_port=patch-tun,dl_dst=fa:16:3f:00:00:02,actions=resubmit(,3)'],
    ['br-int', 'table=0,priority=2,in_port=patch-tun,dl_src=fa:16:3f:00:00:01,actions=resubmit(,1)'],
    ['br-int', 'table=0,priority=2,in_port=patch-tun,dl_src=fa:16:3f:00:00:03,actions=resubmit(,1)'],
    [
      'br-int',
      'table=1,priority=20,in_port=patch-tun,dl_vlan=13,dl_dst=fa:16:3e:00:03:02,actions=mod_dl_src:fa:16:3e:aa:00:03,resubmit(,58)',
    ],
    ['br-int', 'table=1,priority=1,actions=drop'],
    [
      'br-int',
      'table=3,priority=5,dl_vlan=13,dl_dst=fa:16:3f:00:00:02,actions=mod_dl_dst:fa:16:3e:aa:00:03,pop_vlan,output:qr-af000003-00',
    ],
    ['br-int', 'table=60,priority=20,in_port=patch-tun,dl_vlan=13,dl_dst=fa:16:3e:00:03:02,actions=pop_vlan,output:qvoff000032-00'],
    ['br-tun', 'table=0,priority=1,in_port=patch-int,actions=resubmit(,1)'],
    ['br-tun', 'table=1,priority=2,dl_vlan=13,dl_dst=fa:16:3e:aa:00:03,actions=drop'],
    ['br-tun', 'table=1,priority=1,dl_vlan=13,dl_src=fa:16:3e:aa:00:03,actions=mod_dl_src:fa:16:3f:00:00:02,resubmit(,2)'],
    ['br-tun', 'table=1,priority=0,actions=resubmit(,2)'],
    ['br-tun', 'table=4,priority=1,tun_id=0x5e3,actions=push_vlan:0x8100,set_field:4109->vlan_vid,resubmit(,9)'],
    ['br-tun', 'table=9,priority=1,dl_src=fa:16:3f:00:00:03,actions=output:patch-int'],
    ['br-tun', 'table=9,priority=0,actions=resubmit(,10)'],
    ['br-tun', 'table=22,priority=3,arp,dl_vlan=13,arp_tpa=10.0.3.1,actions=drop'],
    ['br-int', 'table=0,priority=4,in_port=int-br-ens38,dl_src=fa:16:3f:00:00:03,actions=resubmit(,2)'],
    [
      'br-int',
      'table=2,priority=20,in_port=int-br-ens38,dl_vlan=120,dl_dst=fa:16:3e:00:02:02,actions=mod_dl_src:fa:16:3e:aa:00:02,resubmit(,58)',
    ],
    ['br-int', 'table=2,priority=1,actions=drop'],
    ['br-int', 'table=60,priority=20,in_port=int-br-ens38,dl_vlan=120,dl_dst=fa:16:3e:00:02:02,actions=pop_vlan,output:qvoff000022-00'],
    ['br-ens38', 'table=0,priority=2,in_port=phy-br-ens38,actions=resubmit(,1)'],
    ['br-ens38', 'table=0,priority=1,actions=resubmit(,3)'],
    ['br-ens38', 'table=1,priority=3,arp,dl_vlan=12,arp_tpa=10.0.2.1,actions=drop'],
    ['br-ens38', 'table=1,priority=2,dl_vlan=12,dl_dst=fa:16:3e:aa:00:02,actions=drop'],
    ['br-ens38', 'table=1,priority=1,dl_vlan=12,dl_src=fa:16:3e:aa:00:02,actions=mod_dl_src:fa:16:3f:00:00:02,resubmit(,2)'],
    ['br-ens38', 'table=1,priority=0,actions=resubmit(,2)'],
    ['br-ens38', 'table=2,priority=4,in_port=phy-br-ens38,dl_vlan=12,actions=set_field:4216->vlan_vid,NORMAL'],
    ['br-ens38', 'table=2,priority=2,in_port=phy-br-ens38,actions=drop'],
    ['br-ens38', 'table=3,priority=2,dl_src=fa:16:3f:00:00:03,actions=output:phy-br-ens38'],
    ['br-ens38', 'table=3,priority=1,actions=NORMAL'],
  ])('%s %s', (bridge, text) => expect(flowsOn(state, bridge)).toContain(line(text)))

  it('matches untagged frames where the network is flat', () => {
    const flat = sampleTopology({ networks: [1] })
    const onlyFlat = { ...flat, ports: [...flat.ports, interfaceOf(1)], routers: [router] }
    const flows = flowsOn(compileHost(onlyFlat, cmp1), 'br-int')
    expect(flows).toContain(
      line(
        'table=2,priority=20,in_port=int-br-ens38,vlan_tci=0x0000/0x1fff,dl_dst=fa:16:3e:00:01:02,actions=mod_dl_src:fa:16:3e:aa:00:01,resubmit(,58)',
      ),
    )
    expect(flows).toContain(
      line('table=60,priority=20,in_port=int-br-ens38,vlan_tci=0x0000/0x1fff,dl_dst=fa:16:3e:00:01:02,actions=output:qvoff000012-00'),
    )
  })

  // Nothing forbids it: VLAN ids are told apart by physical network, MAC addresses by network.
  it('tells apart two wires with the same VLAN and the same MAC address', () => {
    const topology = routed()
    const second = { ...topology.physicalNetworks[0]!, id: 'ae000001-0000-4000-8000-000000000001', name: 'physnet2' }
    const bridgeMappings = [{ physicalNetworkId: second.id, bridge: 'br-ens39', nic: 'ens39' }]
    const vlan = topology.networks.find(({ id }) => id === ids.network(2))!
    const wired = {
      ...topology,
      physicalNetworks: [...topology.physicalNetworks, second],
      hosts: topology.hosts.map((host) => ({ ...host, bridgeMappings: [...host.bridgeMappings, ...bridgeMappings] })),
      networks: topology.networks.map((each) =>
        each.id === ids.network(3) ? { ...vlan, id: each.id, name: each.name, physicalNetworkId: second.id } : each,
      ),
      ports: topology.ports.map((each) => (each.id === ids.port(3, 2) ? { ...each, macAddress: 'fa:16:3e:00:02:02' } : each)),
    }
    const flows = flowsOn(compileHost(wired, cmp1), 'br-int')
    for (const [wire, device] of [
      ['int-br-ens38', 'qvoff000022-00'],
      ['int-br-ens39', 'qvoff000032-00'],
    ])
      // prettier-ignore
      expect(flows).toContain(
        line(`table=60,priority=20,in_port=${wire},dl_vlan=120,dl_dst=fa:16:3e:00:02:02,actions=pop_vlan,output:${device}`),
      )
  })

  it('stands on every host with a port of one of its networks, with all of them', () => {
    const topology = routed()
    const fewer = { ...topology, ports: topology.ports.filter(({ hostId, networkId }) => hostId !== cmp2 || networkId === ids.network(3)) }
    const vms = topology.vms.filter(({ hostId, portIds }) => hostId !== cmp2 || portIds[0] === ids.port(3, 3))
    const there = compileHost({ ...fewer, vms }, cmp2)
    expect(there.links.filter((link) => link.netns === netns).map(({ name }) => name)).toEqual(['qr-af000002-00', 'qr-af000003-00'])
    const none = {
      ...topology,
      ports: topology.ports.filter(({ hostId }) => hostId !== cmp2),
      vms: topology.vms.filter(({ hostId }) => hostId !== cmp2),
    }
    expect(compileHost(none, cmp2).namespaces).toEqual([])
  })

  it('two routers in one network share what the DVR MAC is for, and keep their own faces', () => {
    const topology = routed()
    const second = { ...interfaceOf(3), id: 'af000009-0000-4000-8000-000000000001', macAddress: 'fa:16:3e:aa:00:09', deviceId: 'ad000001-0000-4000-8000-000000000001', fixedIps: [{ subnetId: ids.subnet(3), ipAddress: '10.0.3.254' }] } // prettier-ignore
    const both = compileHost(
      { ...topology, ports: [...topology.ports, second], routers: [router, { ...router, id: second.deviceId }] },
      cmp1,
    )
    const flows = flowsOn(both, 'br-int')
    expect(flows.filter((flow) => flow.startsWith('3 5 '))).toHaveLength(1)
    expect(flowsOn(both, 'br-tun')).toContain(
      line('table=1,priority=1,dl_vlan=13,dl_src=fa:16:3e:aa:00:09,actions=mod_dl_src:fa:16:3f:00:00:02,resubmit(,2)'),
    )
    // The VM's gateway is the interface that its subnet names.
    expect(flows).toContain(
      line('table=1,priority=20,in_port=patch-tun,dl_vlan=13,dl_dst=fa:16:3e:00:03:02,actions=mod_dl_src:fa:16:3e:aa:00:03,resubmit(,58)'),
    )
  })

  it('has nothing on a host while it is administratively down', () => {
    const down = compileHost(routed({ isAdminStateUp: false }), cmp1)
    expect(down.namespaces).toEqual([])
    expect(flowsOn(down, 'br-tun')).toContain(line('table=0,priority=1,in_port=patch-int,actions=resubmit(,2)'))
  })
})

describe('a centralized router', () => {
  const gateway = { networkId: ids.network(2), portId: interfaceOf(2).id, isSnatEnabled: true }
  const changes = { isDistributed: false, hostId: net1, gateway, routes: [{ destination: '10.9.0.0/16', nexthop: '10.0.3.99' }] }
  const topology = routed(changes, { hostId: net1, deviceOwner: 'network:router_interface' })
  const ports = topology.ports.map((port) =>
    port.id === gateway.portId ? { ...port, deviceOwner: 'network:router_gateway' as const } : port,
  )
  const state = compileHost({ ...topology, ports }, net1)
  const netns = `qrouter-${routerId}`

  it('stands on its host alone, asks for its neighbours, and changes no table', () => {
    expect(state.links.filter((link) => link.netns === netns).map(({ name }) => name)).toEqual(['qg-af000002-00', 'qr-af000003-00'])
    expect(state.neighbours).toEqual([])
    expect(flowsOn(state, 'br-tun')).toContain(line('table=0,priority=1,in_port=patch-int,actions=resubmit(,2)'))
    expect(compileHost({ ...topology, ports }, cmp1).namespaces).toEqual([])
  })

  it('leads out by the gateway of the external subnet, with its own address, and by extra routes', () => {
    expect(state.routes.filter((route) => route.netns === netns)).toEqual([
      { netns, table: 'main', destination: '10.9.0.0/16', via: '10.0.3.99', link: 'qr-af000003-00' },
      { netns, table: 'main', destination: 'default', via: '10.0.2.1', link: 'qg-af000002-00' },
    ])
    expect(state.iptables.find((each) => each.netns === netns && each.chain === 'tapline-POSTROUTING')?.rules).toEqual([
      '! -o qg-af000002-00 -m conntrack ! --ctstate DNAT -j ACCEPT',
      '-o qg-af000002-00 -j SNAT --to-source 10.0.2.1',
    ])
  })
})
