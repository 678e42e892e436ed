import { describe, expect, it } from 'vitest'
import type { Flow } from '../host/flow'
import type { HostState } from '../host/host-state'
import { canonicalFlow } from '../parse/openflow/canonical-flow'
import { ids, sampleTopology } from '../testing/sample-topology'
import { linkLocal } from './link-local'
import { compileHost } from './compile'

const all = sampleTopology()
const cmp1 = compileHost(all, ids.host(2))

const print = (flow: Flow) => `${flow.table} ${flow.priority} ${flow.match || 'any'} -> ${flow.actions}`
const flowsOn = (state: HostState, bridge: string) => state.flows.filter((flow) => flow.bridge === bridge).map(print)
/** The same line as a dump would read, so that expectations are written as people write flows. */
const line = (text: string) => {
  const parsed = canonicalFlow(text, 'br')
  if (!parsed.ok) throw new Error(text)
  return print(parsed.value)
}

describe('compile', () => {
  it('leaves hosts alone that are only registered', () => {
    const registered = { ...all, hosts: all.hosts.map((host) => ({ ...host, isPrepared: false })) }
    for (const host of registered.hosts) expect(Object.values(compileHost(registered, host.id)).flat()).toEqual([])
  })

  it.each([
    ['port', { ports: all.ports.map((port) => ({ ...port, isAdminStateUp: false })) }],
    ['network', { networks: all.networks.map((network) => ({ ...network, isAdminStateUp: false })) }],
  ])('lets no frame in from a port whose %s is down, since its tag alone does not', (_, down) => {
    const { ovsPorts, flows } = compileHost({ ...all, ...down }, ids.host(2))
    expect(ovsPorts.find((port) => port.name === 'qvoff000032-00')?.tag).toBe(4095)
    const fromPort = flows.filter((flow) => flow.match.includes('in_port=qvoff000032-00')).map(print)
    expect(fromPort).toEqual([line('table=0,priority=2,in_port=qvoff000032-00,actions=drop')])
  })

  it('lets no frame in from a DHCP server whose network is down, nor to it', () => {
    const down = { ...all, networks: all.networks.map((network) => ({ ...network, isAdminStateUp: false })) }
    const { ovsPorts, flows } = compileHost(down, ids.host(1))
    const inside = ovsPorts.filter((port) => port.interface.type === 'internal' && port.owner?.kind === 'port')
    expect(inside).not.toEqual([])
    for (const { name, tag } of inside) {
      expect(tag).toBe(4095)
      const fromPort = flows.filter((flow) => flow.match === `in_port=${name}`)
      expect(fromPort.map(({ table, priority, actions }) => [table, priority, actions])).toEqual([[0, 2, 'drop']])
    }
  })

  it('wires only networks that have a port on the host', () => {
    const onlyVlan = compileHost(sampleTopology({ networks: [2] }), ids.host(2))
    expect(flowsOn(onlyVlan, 'br-tun').filter((flow) => flow.includes('tun_id'))).toEqual([])
    expect(onlyVlan.ovsPorts.filter((port) => port.interface.type === 'vxlan')).toEqual([])
  })

  // docs/reference/integration-bridge.md: the pipeline of Neutron 26.0.0 without the OVS firewall.
  it.each([
    'table=0,priority=65535,dl_vlan=4095,actions=drop',
    'table=0,priority=3,in_port=int-br-ens38,dl_vlan=120,actions=mod_vlan_vid:12,resubmit(,58)',
    'table=0,priority=3,in_port=int-br-ens38,vlan_tci=0x0000/0x1fff,actions=push_vlan:0x8100,set_field:4107->vlan_vid,resubmit(,58)',
    'table=0,priority=2,in_port=int-br-ens38,actions=drop',
    'table=0,priority=0,actions=resubmit(,58)',
    'table=0,priority=10,arp,in_port=qvoff000032-00,actions=resubmit(,24)',
    'table=0,priority=10,icmp6,icmp_type=136,in_port=qvoff000032-00,actions=resubmit(,24)',
    'table=0,priority=9,in_port=qvoff000032-00,actions=resubmit(,25)',
    'table=23,priority=0,actions=drop',
    'table=24,priority=2,arp,in_port=qvoff000032-00,arp_spa=10.0.3.3,actions=resubmit(,25)',
    'table=24,priority=2,icmp6,icmp_type=136,in_port=qvoff000032-00,nd_target=fe80::f816:3eff:fe00:302,actions=resubmit(,58)',
    'table=24,priority=0,actions=drop',
    'table=25,priority=2,in_port=qvoff000032-00,dl_src=fa:16:3e:00:03:02,actions=resubmit(,30)',
    'table=30,priority=0,actions=resubmit(,58)',
    'table=31,priority=0,actions=resubmit(,58)',
    'table=58,priority=0,actions=resubmit(,59)',
    'table=59,priority=0,actions=resubmit(,60)',
    'table=60,priority=1,actions=NORMAL',
  ])('br-int has %s', (text) => {
    expect(flowsOn(cmp1, 'br-int')).toContain(line(text))
  })

  // docs/reference/provider-bridge.md: outbound translation is on the provider bridge.
  it.each([
    'table=0,priority=4,in_port=phy-br-ens38,dl_vlan=12,actions=mod_vlan_vid:120,NORMAL',
    'table=0,priority=4,in_port=phy-br-ens38,dl_vlan=11,actions=strip_vlan,NORMAL',
    'table=0,priority=2,in_port=phy-br-ens38,actions=drop',
    'table=0,priority=0,actions=NORMAL',
  ])('br-ens38 has %s', (text) => {
    expect(flowsOn(cmp1, 'br-ens38')).toContain(line(text))
  })

  // docs/reference/tunnel-bridge.md; local VLAN 13 of VNI 0x5e3 on cmp1, VTEPs .11 (net1, DHCP) and .13 (cmp2).
  it.each([
    'table=0,priority=1,in_port=patch-int,actions=resubmit(,2)',
    'table=0,priority=1,in_port=vxlan-c0a8960d,actions=resubmit(,4)',
    'table=4,priority=1,tun_id=0x5e3,actions=push_vlan:0x8100,set_field:4109->vlan_vid,resubmit(,10)',
    'table=20,priority=2,dl_vlan=13,dl_dst=fa:16:3e:00:03:03,actions=strip_vlan,set_tunnel:0x5e3,output:vxlan-c0a8960d',
    'table=20,priority=2,dl_vlan=13,dl_dst=fa:16:3e:00:03:01,actions=strip_vlan,set_tunnel:0x5e3,output:vxlan-c0a8960b',
    'table=22,priority=1,dl_vlan=13,actions=strip_vlan,set_tunnel:0x5e3,output:vxlan-c0a8960b,output:vxlan-c0a8960d',
    'table=22,priority=0,actions=drop',
  ])('br-tun has %s', (text) => {
    expect(flowsOn(cmp1, 'br-tun')).toContain(line(text))
  })

  it('never floods to a host without a port in the network', () => {
    const withoutCmp2 = {
      ...all,
      ports: all.ports.filter((port) => port.id !== ids.port(3, 3)),
      vms: all.vms.filter((vm) => vm.id !== ids.vm(3, 3)),
    }
    const flood = compileHost(withoutCmp2, ids.host(2)).flows.filter((flow) => flow.table === 22 && flow.priority === 1)
    expect(flood.map((flow) => flow.actions)).toEqual([expect.not.stringContaining('c0a8960d')])
  })

  it('plugs a port as os-vif does', () => {
    const owner = { kind: 'port', id: ids.port(3, 2) }
    expect(cmp1.links.filter((link) => link.name.endsWith('ff000032-00'))).toEqual([
      expect.objectContaining({
        name: 'qbrff000032-00',
        type: 'bridge',
        owner,
        bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 },
      }),
      expect.objectContaining({
        name: 'qvbff000032-00',
        master: 'qbrff000032-00',
        mtu: 1450,
        isPromiscuous: true,
        hasTxChecksumOffload: false,
      }),
      expect.objectContaining({ name: 'qvoff000032-00', peer: { netns: '', name: 'qvbff000032-00' } }),
      expect.objectContaining({ name: 'tapff000032-00', type: 'tap', owner: null, master: 'qbrff000032-00' }),
    ])
    expect(cmp1.ovsPorts.find((port) => port.name === 'qvoff000032-00')).toMatchObject({
      bridge: 'br-int',
      tag: 13,
      otherConfig: { net_uuid: ids.network(3), network_type: 'vxlan', physical_network: 'None', segmentation_id: '1507', tag: '13' },
      interface: {
        externalIds: { 'iface-id': ids.port(3, 2), 'attached-mac': 'fa:16:3e:00:03:02', 'vm-uuid': ids.vm(3, 2), 'iface-status': 'active' },
      },
    })
  })

  it('kills a port that is administratively down, by tag and by flow', () => {
    const down = { ...all, ports: all.ports.map((port) => (port.id === ids.port(2, 2) ? { ...port, isAdminStateUp: false } : port)) }
    const state = compileHost(down, ids.host(2))
    expect(state.ovsPorts.find((port) => port.name === 'qvoff000022-00')?.tag).toBe(4095)
    expect(flowsOn(state, 'br-int')).toContain(line('table=0,priority=2,in_port=qvoff000022-00,actions=drop'))
    expect(flowsOn(state, 'br-int').filter((flow) => flow.includes('qvoff000022'))).toHaveLength(1)
  })

  it('puts the VTEP on br-<nic> only where the userspace datapath is used', () => {
    const kernel = compileHost(sampleTopology({ datapathType: 'system' }), ids.host(2))
    expect(kernel.ovsBridges.map((bridge) => bridge.name).sort()).toEqual(['br-ens38', 'br-int', 'br-tun'])
    expect(kernel.addresses).toEqual([{ netns: '', link: 'ens37', cidr: '192.168.150.12/24', label: 'ens37:tl' }])
    expect(cmp1.addresses).toEqual([{ netns: '', link: 'br-ens37', cidr: '192.168.150.12/24' }])
  })

  it('reaches a gateway outside the subnet by a route of its own, as Neutron’s agent does', () => {
    const routes = (gatewayIp: string | null) =>
      compileHost({ ...all, subnets: all.subnets.map((subnet) => ({ ...subnet, gatewayIp })) }, ids.host(1)).routes
    const toGateway = routes('192.0.2.1').filter(({ netns }) => netns === `qdhcp-${ids.network(2)}`)
    expect(toGateway.map(({ destination, via }) => [destination, via])).toEqual([
      ['192.0.2.1/32', undefined],
      ['default', '192.0.2.1'],
    ])
    expect(new Set(toGateway.map(({ link }) => link))).toEqual(new Set(['tapff000021-00']))
    expect(routes(null)).toEqual([])
  })

  it('serves DHCP from the host that holds the DHCP port, with Neutron’s files', () => {
    const net1 = compileHost(sampleTopology({ networks: [2] }), ids.host(1))
    expect(net1.namespaces).toEqual([{ name: `qdhcp-${ids.network(2)}`, owner: { kind: 'network', id: ids.network(2) } }])
    const [dnsmasq] = net1.dnsmasq
    expect(dnsmasq?.files['host']).toBe(
      'fa:16:3e:00:02:02,host-10-0-2-3.openstacklocal,10.0.2.3\nfa:16:3e:00:02:03,host-10-0-2-4.openstacklocal,10.0.2.4\n',
    )
    expect(dnsmasq?.argv).toContain(`--dhcp-range=set:subnet-${ids.subnet(2)},10.0.2.0,static,255.255.255.0,86400s`)
    expect(dnsmasq?.argv).toContain('--dhcp-option-force=option:mtu,1500')
    expect(cmp1.dnsmasq).toEqual([])
  })
})

describe('flows', () => {
  it.each(all.hosts.map(({ id, name }) => [name, id]))('of %s are what a host prints of them, with care or quickly read', (_, hostId) => {
    const { flows } = compileHost(all, hostId)
    expect(flows).not.toEqual([])
    for (const { owner, ...flow } of flows) {
      const { bridge, table, priority, match, actions, cookie } = flow
      const text = `cookie=${cookie},table=${table},priority=${priority}${match && `,${match}`},actions=${actions}`
      expect(canonicalFlow(text, bridge)).toMatchObject({ ok: true, value: { ...flow, owner: null } })
      expect(owner).not.toBeNull()
    }
  })
})

it.each([
  ['fa:16:3e:5e:1a:6f', 'fe80::f816:3eff:fe5e:1a6f'],
  ['02:00:00:00:00:01', 'fe80::ff:fe00:1'],
])('link-local address of %s', (mac, address) => {
  expect(linkLocal(mac)).toBe(address)
})
