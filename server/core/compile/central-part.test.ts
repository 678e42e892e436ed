// What a distributed router that translates is on its hosts: by which way packets leave them, and the namespace on the network host in which they are
// translated.

import { describe, expect, it } from 'vitest'
import type { HostState } from '../host/host-state'
import { createPort } from '../topology/kinds/port/port-edits'
import { updateRouter } from '../topology/kinds/router/router-edits'
import { addInterface } from '../topology/kinds/router/router-interfaces'
import { updateNetwork } from '../topology/kinds/network/network-edits'
import { updateHost } from '../topology/kinds/host/host-edits'
import { idsForDevices, makeSample } from '../topology/testing/sample'
import { compileHost } from './compile'

function makeCentral() {
  const sample = makeSample(idsForDevices())
  const { draft, demo, physnet1 } = sample
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const routerId = draft.router({ projectId: demo, name: 'r1', isDistributed: true, gateway: { networkId: outside } })
  draft.make(addInterface(routerId, { subnetId: sample.blueSubnet }, draft.ids))
  draft.make(addInterface(routerId, { subnetId: sample.greenSubnet }, draft.ids))
  const portIn = (networkId: string, owner: string) =>
    draft.topology.ports.find((port) => port.networkId === networkId && port.deviceId === routerId && port.deviceOwner.startsWith(owner))!
  const deviceIn = (prefix: string, networkId: string, owner: string) => `${prefix}${portIn(networkId, owner).id.slice(0, 11)}`
  const central = (networkId: string) => portIn(networkId, 'network:router_centralized_snat')
  const devices = {
    qrBlue: deviceIn('qr-', sample.blue, 'network:router_interface'),
    qrGreen: deviceIn('qr-', sample.green, 'network:router_interface'),
    sgBlue: deviceIn('sg-', sample.blue, 'network:router_c'),
    sgGreen: deviceIn('sg-', sample.green, 'network:router_c'),
    qg: deviceIn('qg-', outside, 'network:router_gateway'),
  }
  const localVlan = (hostId: string, networkId: string) =>
    draft.topology.localVlans.find((local) => local.hostId === hostId && local.networkId === networkId)!.vlan
  const segment = (networkId: string) => draft.topology.networks.find(({ id }) => id === networkId)!.segmentationId
  return { ...sample, ids: draft.ids, outside, routerId, portIn, central, devices, localVlan, segment }
}

const insideOf = (state: HostState, netns: string) => ({
  addresses: state.addresses.filter((each) => each.netns === netns).map(({ link, cidr }) => `${cidr} on ${link}`),
  routes: state.routes
    .filter((each) => each.netns === netns)
    .map(({ table, destination, via, link }) => `${table}: ${destination} via ${via} by ${link}`),
  rules: state.rules.filter((each) => each.netns === netns).map(({ priority, source, table }) => `${priority}: ${source} to ${table}`),
})
const settingsOf = (state: HostState, netns: string) =>
  state.sysctls.filter((each) => each.netns === netns).map(({ key, value }) => `${key}=${value}`)
const flowsOf = (state: HostState, mac: string) =>
  state.flows
    .filter(({ match }) => match.includes(`dl_dst=${mac}`))
    .map(({ bridge, table, priority, match, actions }) => `${bridge} ${table} ${priority} ${match} -> ${actions}`)

// 10.0.1.1 and 10.0.2.1 as numbers.
const [BLUE, GREEN] = [167_772_417, 167_772_673]

describe('a distributed router that translates, on a compute host', () => {
  const { draft, cmp1, routerId, devices, central, blue } = makeCentral()
  const state = compileHost(draft.topology, cmp1)
  const netns = `qrouter-${routerId}`

  it('leads what has no other way to its central part, by a rule and a table for each subnet', () => {
    expect(insideOf(state, netns)).toEqual({
      addresses: [`10.0.1.1/24 on ${devices.qrBlue}`, `10.0.2.1/24 on ${devices.qrGreen}`],
      routes: [`${BLUE}: default via 10.0.1.5 by ${devices.qrBlue}`, `${GREEN}: default via 10.0.2.3 by ${devices.qrGreen}`],
      rules: [`${BLUE}: 10.0.1.1/24 to ${BLUE}`, `${GREEN}: 10.0.2.1/24 to ${GREEN}`],
    })
    expect(state.iptables.filter((each) => each.netns === netns)).toEqual([])
  })

  it('knows the MAC of it, and tells nobody of a shorter way', () => {
    expect(state.neighbours).toContainEqual({ netns, link: devices.qrBlue, address: '10.0.1.5', macAddress: central(blue).macAddress })
    expect(settingsOf(state, netns)).toEqual(
      expect.arrayContaining(['all', devices.qrBlue, devices.qrGreen].map((device) => `net/ipv4/conf/${device}/send_redirects=0`)),
    )
  })

  it('has nothing else of it', () => {
    expect(state.namespaces.map(({ name }) => name)).toEqual([netns])
    expect(flowsOf(state, central(blue).macAddress).filter((flow) => flow.startsWith('br-int'))).toEqual([])
  })

  it('sends frames for it to the network host, with the face of its own', () => {
    const flows = flowsOf(state, central(blue).macAddress)
    expect(flows).toEqual([expect.stringContaining('br-tun 20 2 ')])
    expect(flows[0]).toMatch(/output:vxlan-c0a8960b$/)
  })
})

describe('the central part, on the network host', () => {
  const { draft, net1, outside, routerId, devices, central, portIn, blue, green, localVlan, segment } = makeCentral()
  const state = compileHost(draft.topology, net1)
  const netns = `snat-${routerId}`

  it('is a namespace of its own beside that of the router, with the way out', () => {
    const namespaces = state.namespaces.filter(({ owner }) => owner?.kind === 'router')
    expect(namespaces.map(({ name, owner }) => [name, owner?.id])).toEqual([
      [`qrouter-${routerId}`, routerId],
      [netns, routerId],
    ])
    const inside = insideOf(state, netns)
    expect({ ...inside, addresses: inside.addresses.toSorted() }).toEqual({
      addresses: [`10.0.1.5/24 on ${devices.sgBlue}`, `10.0.2.3/24 on ${devices.sgGreen}`, `203.0.113.2/24 on ${devices.qg}`],
      routes: [`main: default via 203.0.113.1 by ${devices.qg}`],
      rules: [],
    })
    expect(state.addresses.filter((each) => each.netns === netns && !each.isAnnounced)).toEqual([])
    expect(settingsOf(state, netns).toSorted()).toEqual([
      'net/ipv4/conf/all/arp_announce=2',
      'net/ipv4/conf/all/arp_ignore=1',
      'net/ipv4/ip_forward=1',
      'net/ipv4/ip_nonlocal_bind=1',
      'net/netfilter/nf_conntrack_tcp_loose=0',
    ])
  })

  it('has devices of its ports, and no way out stands in the router itself', () => {
    const links = state.links.filter((each) => each.netns === netns).map(({ name, macAddress }) => [name, macAddress])
    expect(new Map(links as [string, string][])).toEqual(
      new Map([
        [devices.qg, portIn(outside, 'network:router_gateway').macAddress],
        [devices.sgBlue, central(blue).macAddress],
        [devices.sgGreen, central(green).macAddress],
      ]),
    )
    expect(insideOf(state, `qrouter-${routerId}`)).toMatchObject({
      addresses: [`10.0.1.1/24 on ${devices.qrBlue}`, `10.0.2.1/24 on ${devices.qrGreen}`],
      routes: [`${BLUE}: default via 10.0.1.5 by ${devices.qrBlue}`, `${GREEN}: default via 10.0.2.3 by ${devices.qrGreen}`],
    })
  })

  it('translates what leaves, and nothing else', () => {
    const rules = state.iptables.filter((each) => each.netns === netns && each.policy === null).map((each) => [each.table, each.rules])
    expect(rules).toEqual([
      ['nat', [`! -o ${devices.qg} -m conntrack ! --ctstate DNAT -j ACCEPT`, `-o ${devices.qg} -j SNAT --to-source 203.0.113.2`]],
    ])
  })

  it('takes what routers send to it, as a port of the host', () => {
    const gateway = (networkId: string) => portIn(networkId, 'network:router_interface').macAddress
    const inTunnel = localVlan(net1, blue)
    expect(flowsOf(state, central(blue).macAddress)).toEqual([
      `br-int 1 20 dl_dst=${central(blue).macAddress},dl_vlan=${inTunnel},in_port=patch-tun -> set_field:${gateway(blue)}->eth_src,resubmit(,58)`,
      `br-int 60 20 dl_dst=${central(blue).macAddress},dl_vlan=${inTunnel},in_port=patch-tun -> strip_vlan,output:${devices.sgBlue}`,
    ])
    expect(flowsOf(state, central(green).macAddress)).toEqual([
      `br-int 2 20 dl_dst=${central(green).macAddress},dl_vlan=${segment(green)},in_port=int-br-ens38 -> set_field:${gateway(green)}->eth_src,resubmit(,58)`,
      `br-int 60 20 dl_dst=${central(green).macAddress},dl_vlan=${segment(green)},in_port=int-br-ens38 -> strip_vlan,output:${devices.sgGreen}`,
    ])
  })

  it('is not on a network that is down', () => {
    const down = makeCentral()
    down.draft.make(updateNetwork(down.blue, { isAdminStateUp: false }, down.ids))
    const dead = compileHost(down.draft.topology, down.net1)
    expect(flowsOf(dead, down.central(down.blue).macAddress).filter((flow) => / (1|60) 20 /.test(flow))).toEqual([])
  })

  it('is nowhere while the router is down', () => {
    const down = makeCentral()
    down.draft.make(updateRouter(down.routerId, { isAdminStateUp: false }, down.ids))
    const dead = compileHost(down.draft.topology, down.net1)
    expect(dead.namespaces.filter(({ owner }) => owner?.kind === 'router')).toEqual([])
    expect(flowsOf(dead, down.central(down.blue).macAddress).filter((flow) => flow.startsWith('br-int'))).toEqual([])
  })
})

describe('extra routes', () => {
  const sample = makeCentral()
  const { draft, ids, cmp1, net1, outside, routerId, devices } = sample
  const routes = [
    { destination: '10.8.0.0/16', nexthop: '203.0.113.9' },
    { destination: '10.9.0.0/16', nexthop: '10.0.1.99' },
  ]
  draft.make(updateRouter(routerId, { routes }, ids))
  draft.make(updateRouter(routerId, { gateway: { networkId: outside } }, ids))
  const mainIn = (hostId: string, netns: string) =>
    insideOf(compileHost(draft.topology, hostId), netns).routes.filter((route) => route.startsWith('main'))

  it('by a neighbour in a network of VMs are the router’s on each host, and the central part’s', () => {
    const own = `main: 10.9.0.0/16 via 10.0.1.99 by ${devices.qrBlue}`
    expect([mainIn(cmp1, `qrouter-${routerId}`), mainIn(net1, `qrouter-${routerId}`)]).toEqual([[own], [own]])
    expect(mainIn(net1, `snat-${routerId}`)).toContain(`main: 10.9.0.0/16 via 10.0.1.99 by ${devices.sgBlue}`)
  })

  it('by a neighbour outside are where the gateway is', () =>
    expect(mainIn(net1, `snat-${routerId}`)).toContain(`main: 10.8.0.0/16 via 203.0.113.9 by ${devices.qg}`))

  it('by a neighbour outside are those of VMs with a floating IP, too', () => {
    const { portIds } = draft.topology.vms.find(({ id }) => id === sample.web1)!
    draft.floatingIp({ projectId: sample.demo, networkId: outside, fixedPortId: portIds[0] })
    const state = compileHost(draft.topology, cmp1)
    const out = insideOf(state, `fip-${outside}`).routes.filter((route) => !route.startsWith('main'))
    expect(out.map((route) => route.replace(/^\d+: | by .*/g, ''))).toEqual(['10.8.0.0/16 via 203.0.113.9', 'default via 203.0.113.1'])
    expect(mainIn(cmp1, `qrouter-${routerId}`)).toEqual([`main: 10.9.0.0/16 via 10.0.1.99 by ${devices.qrBlue}`])
  })
})

describe('a floating IP beside the central part', () => {
  it('of a VM comes before it, on the host of the VM', () => {
    const { draft, demo, cmp1, outside, routerId, web1, net1 } = makeCentral()
    const { portIds } = draft.topology.vms.find(({ id }) => id === web1)!
    draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId: portIds[0] })
    const rules = compileHost(draft.topology, cmp1).rules.filter(({ netns }) => netns === `qrouter-${routerId}`)
    const priorities = rules.map(({ priority, table }) => [table, priority])
    expect(priorities).toEqual([
      ['16', 32_768],
      [String(BLUE), BLUE],
      [String(GREEN), GREEN],
    ])
    expect(compileHost(draft.topology, net1).iptables.filter(({ rules: lines }) => lines.some((rule) => rule.includes('-j DNAT')))).toEqual(
      [],
    )
  })

  it('of a port that no VM has is the central part’s own', () => {
    const { draft, demo, ids, outside, blue, routerId, devices, net1, cmp1 } = makeCentral()
    const shared = draft.make(createPort({ networkId: blue, name: 'shared' }, ids)).id
    draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId: shared })
    const state = compileHost(draft.topology, net1)
    expect(insideOf(state, `snat-${routerId}`).addresses).toContain(`203.0.113.3/32 on ${devices.qg}`)
    expect(state.iptables.find(({ netns, chain }) => netns === `snat-${routerId}` && chain === 'tapline-PREROUTING')?.rules).toEqual([
      `-d 203.0.113.3/32 -j DNAT --to-destination ${draft.topology.ports.find(({ id }) => id === shared)!.fixedIps[0]!.ipAddress}`,
    ])
    expect(compileHost(draft.topology, cmp1).namespaces.map(({ name }) => name)).toEqual([`qrouter-${routerId}`])
  })
})

describe('the hosts of a router', () => {
  it('lead nowhere while its central part has no host', () => {
    const { draft, ids, net1, cmp1, routerId } = makeCentral()
    draft.make(updateHost(net1, { roles: ['compute'] }, ids))
    expect(insideOf(compileHost(draft.topology, cmp1), `qrouter-${routerId}`)).toMatchObject({ routes: [], rules: [] })
  })

  it('may be one with VMs and the central part at once', () => {
    const { draft, demo, ids, net1, blue, routerId, central } = makeCentral()
    draft.make(updateHost(net1, { roles: ['compute', 'network'] }, ids))
    draft.vm({ projectId: demo, name: 'here', hostId: net1, networkIds: [blue] })
    const state = compileHost(draft.topology, net1)
    expect(state.namespaces.filter(({ owner }) => owner?.kind === 'router')).toHaveLength(2)
    expect(insideOf(state, `qrouter-${routerId}`).rules).toHaveLength(2)
    expect(flowsOf(state, central(blue).macAddress).filter((flow) => flow.startsWith('br-tun'))).toEqual([])
  })

  it('are not compiled anew by what is none of theirs', () => {
    const { draft, demo, ids, cmp1, cmp2, net1, routerId, outside, physnet1 } = makeCentral()
    const all = () => [net1, cmp1, cmp2].map((hostId) => compileHost(draft.topology, hostId))
    const before = all()
    const other = draft.network({ projectId: demo, name: 'other', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
    draft.subnet({ networkId: other, name: 'other-subnet', cidr: '198.51.100.0/24', isDhcpEnabled: false })
    const alone = draft.router({ projectId: demo, name: 'alone', isDistributed: true, gateway: { networkId: other } })
    const after = all()
    expect(after.map((state, index) => state === before[index])).toEqual([false, true, true])
    draft.make(updateRouter(alone, { gateway: { networkId: other, isSnatEnabled: false } }, ids))
    expect(all().slice(1)).toEqual(before.slice(1))
    draft.make(updateRouter(routerId, { gateway: { networkId: outside, ipAddress: '203.0.113.77' } }, ids))
    expect(all()[1]?.rules).toEqual(before[1]?.rules)
  })

  it('are two routers in one network, and each has its own central part', () => {
    const { draft, demo, ids, blue, cmp1, net1, outside, routerId, central } = makeCentral()
    const second = draft.subnet({ networkId: blue, name: 'second', cidr: '10.0.9.0/24', isDhcpEnabled: false })
    const other = draft.router({ projectId: demo, name: 'other', isDistributed: true, gateway: { networkId: outside } })
    draft.make(addInterface(other, { subnetId: second }, ids))
    const portOf = (owner: string) =>
      draft.topology.ports.find(({ deviceId, deviceOwner }) => deviceId === other && deviceOwner.startsWith(owner))!
    const state = compileHost(draft.topology, net1)
    const setSource = (mac: string) => flowsOf(state, mac).map((flow) => /set_field:([\da-f:]+)->eth_src/.exec(flow)?.[1])[0]
    const interfaceMac = (id: string) =>
      draft.topology.ports.find(
        (port) => port.deviceId === id && port.networkId === blue && port.deviceOwner.startsWith('network:router_i'),
      )!.macAddress
    expect([setSource(central(blue).macAddress), setSource(portOf('network:router_c').macAddress)]).toEqual([
      interfaceMac(routerId),
      interfaceMac(other),
    ])
    const rules = compileHost(draft.topology, cmp1).rules.map(({ netns, source }) => [netns.slice(8), source])
    expect(rules.toSorted()).toEqual(
      [
        [routerId, '10.0.1.1/24'],
        [routerId, '10.0.2.1/24'],
        [other, '10.0.9.1/24'],
      ].toSorted(),
    )
  })
})
