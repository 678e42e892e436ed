import { describe, expect, it } from 'vitest'
import type { HostState } from '../host/host-state'
import { planned } from '../testing/planned'
import { external, externalPort, floatingIp, floatingIpDesign, inExternal, router, routerId } from '../testing/sample-floating-ip'
import { ids, sampleTopology } from '../testing/sample-topology'
import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import type { Router } from '../topology/kinds/router/router'
import { compileHost } from './compile'

const [net1, cmp1, cmp2] = [ids.host(1), ids.host(2), ids.host(3)]

const inNetns = (state: HostState, netns: string) => ({
  addresses: state.addresses.filter((each) => each.netns === netns).map(({ link, cidr }) => `${cidr} on ${link}`),
  routes: state.routes
    .filter((each) => each.netns === netns)
    .map(({ table, destination, via, link }) => `${table}: ${destination} via ${via} by ${link}`),
  rules: state.rules
    .filter((each) => each.netns === netns)
    .map(({ priority, source, inputLink, table }) => `${priority}: ${inputLink ?? source} to ${table}`),
})

describe('a floating IP of a distributed router', () => {
  const state = compileHost(floatingIpDesign(), cmp1)

  it('leads its VM out by a table, a pair of devices and a rule of its own', () => {
    expect(inNetns(state, `qrouter-${routerId}`)).toEqual({
      addresses: ['10.0.3.1/24 on qr-b0000003-00', '169.254.64.6/31 on rfp-ac000001-0'],
      routes: ['16: default via 169.254.64.7 by rfp-ac000001-0'],
      rules: ['32770: 10.0.3.3/32 to 16'],
    })
  })

  it('is answered for by its host, in the namespace of the external network', () => {
    const netns = `fip-${external}`
    expect(inNetns(state, netns)).toEqual({
      addresses: ['169.254.64.7/31 on fpr-ac000001-0', '10.0.1.70/24 on fg-b3000001-00'],
      routes: ['main: 10.0.1.50/32 via 169.254.64.6 by fpr-ac000001-0', '2852012039: default via 10.0.1.1 by fg-b3000001-00'],
      rules: ['2852012039: fpr-ac000001-0 to 2852012039'],
    })
    const settings = state.sysctls.filter((each) => each.netns === netns).map(({ key, value }) => `${key}=${value}`)
    expect(settings).toContain('net/ipv4/conf/fg-b3000001-00/proxy_arp=1')
    expect(state.routes.find(({ destination }) => destination === '10.0.1.50/32')?.announcedOn).toBe('fg-b3000001-00')
  })

  it('goes by the extra routes of its router that lead outside, and by a gateway that is in no subnet of its host', () => {
    const routes = [
      { destination: '10.8.0.0/16', nexthop: '10.0.1.77' },
      { destination: '10.9.0.0/16', nexthop: '10.0.3.77' },
    ]
    const topology = floatingIpDesign({ routes, gateway: { ...router.gateway!, isSnatEnabled: true } })
    const subnets = topology.subnets.map((subnet) => (subnet.id === ids.subnet(1) ? { ...subnet, gatewayIp: '10.0.9.1' } : subnet))
    const further = compileHost({ ...topology, subnets }, cmp1)
    expect(inNetns(further, `fip-${external}`).routes.slice(1)).toEqual([
      '2852012039: 10.8.0.0/16 via 10.0.1.77 by fg-b3000001-00',
      'main: 10.0.9.1/32 via undefined by fg-b3000001-00',
      '2852012039: default via 10.0.9.1 by fg-b3000001-00',
    ])
    expect(inNetns(further, `qrouter-${routerId}`).routes).toEqual([
      'main: 10.9.0.0/16 via 10.0.3.77 by qr-b0000003-00',
      '16: default via 169.254.64.7 by rfp-ac000001-0',
    ])
  })

  it('is nowhere else', () => {
    const other = compileHost(floatingIpDesign(), cmp2)
    expect(other.namespaces.map(({ name }) => name)).toEqual([`qrouter-${routerId}`])
    expect(other.rules).toEqual([])
    expect(other.iptables).toEqual([])
  })

  it('is nowhere either while its port is bound and no VM has it', () => {
    const topology = floatingIpDesign()
    const fixed = [{ subnetId: ids.subnet(3), ipAddress: '10.0.3.9' }]
    const spare = externalPort('b4000001', { networkId: ids.network(3), hostId: cmp1, deviceId: '', fixedIps: fixed })
    const ports = topology.ports.filter(({ deviceOwner }) => deviceOwner !== 'network:floatingip_agent_gateway')
    const floatingIps = [{ ...floatingIp, fixedPortId: spare.id, fixedIpAddress: '10.0.3.9' }]
    const unused = compileHost({ ...topology, ports: [...ports, spare], floatingIps }, cmp1)
    expect(unused.namespaces.filter(({ name }) => name.startsWith('fip-'))).toEqual([])
    expect(unused.rules).toEqual([])
  })
})

it('a floating IP of a centralized router is an address of its gateway, and announced', () => {
  const gateway = { ...router.gateway!, isSnatEnabled: true }
  const state = compileHost(floatingIpDesign({ isDistributed: false, hostId: net1, gateway }), net1)
  expect(inNetns(state, `qrouter-${routerId}`).addresses).toEqual([
    '10.0.1.60/24 on qg-b1000001-00',
    '10.0.3.1/24 on qr-b0000003-00',
    '10.0.1.50/32 on qg-b1000001-00',
  ])
  expect(state.addresses.filter(({ isAnnounced }) => isAnnounced).map(({ cidr }) => cidr)).toContain('10.0.1.50/32')
})

describe('a floating IP that is led out by hand', () => {
  const [qrouter, fip] = [`qrouter-${routerId}`, `fip-${external}`]
  const byHand = compileHost(floatingIpDesign({ floatingIpMode: 'by-hand' }), cmp1)
  const asNeutron = compileHost(floatingIpDesign(), cmp1)
  const chain = (state: HostState, name: string) => state.iptables.find((each) => each.netns === qrouter && each.chain === name)?.rules

  it('is an address of its router, which translates whoever sends to it, and leaves by the one main table', () => {
    expect(inNetns(byHand, qrouter)).toEqual({
      addresses: ['10.0.3.1/24 on qr-b0000003-00', '169.254.64.6/31 on rfp-ac000001-0', '10.0.1.50/32 on rfp-ac000001-0'],
      routes: ['16: default via 169.254.64.7 by rfp-ac000001-0'],
      rules: ['32770: 10.0.3.3/32 to 16'],
    })
    expect(inNetns(byHand, fip)).toEqual({
      addresses: ['169.254.64.7/31 on fpr-ac000001-0', '10.0.1.70/24 on fg-b3000001-00'],
      routes: ['main: 10.0.1.50/32 via 169.254.64.6 by fpr-ac000001-0', 'main: default via 10.0.1.1 by fg-b3000001-00'],
      rules: [],
    })
    const translated = ['-d 10.0.1.50/32 -j DNAT --to-destination 10.0.3.3']
    expect([chain(byHand, 'tapline-PREROUTING'), chain(byHand, 'tapline-OUTPUT')]).toEqual([translated, translated])
    expect(chain(byHand, 'tapline-POSTROUTING')).toEqual(chain(asNeutron, 'tapline-POSTROUTING'))
    expect(compileHost(floatingIpDesign({ floatingIpMode: 'by-hand' }), cmp2)).toEqual(compileHost(floatingIpDesign(), cmp2))
  })

  it('changes nothing but that, there and back', () => {
    expect(planned(byHand, asNeutron)).toEqual([
      `${qrouter}: address replace 10.0.1.50/32 dev rfp-ac000001-0`,
      `${fip}: rule del from all iif fpr-ac000001-0 lookup 2852012039 priority 2852012039`,
      `${fip}: route del default via 10.0.1.1 dev fg-b3000001-00 table 2852012039`,
      `${fip}: route replace default via 10.0.1.1 dev fg-b3000001-00 table main`,
      `${qrouter}: *nat`,
      `${qrouter}: :tapline-OUTPUT - [0:0]`,
      `${qrouter}: :tapline-PREROUTING - [0:0]`,
      `${qrouter}: -A tapline-OUTPUT -d 10.0.1.50/32 -j DNAT --to-destination 10.0.3.3`,
      `${qrouter}: -I OUTPUT -j tapline-OUTPUT`,
      `${qrouter}: -A tapline-PREROUTING -d 10.0.1.50/32 -j DNAT --to-destination 10.0.3.3`,
      `${qrouter}: COMMIT`,
    ])
    expect(planned(asNeutron, byHand)).toEqual([
      `${qrouter}: address del 10.0.1.50/32 dev rfp-ac000001-0`,
      `${fip}: route del default via 10.0.1.1 dev fg-b3000001-00 table main`,
      `${fip}: route replace default via 10.0.1.1 dev fg-b3000001-00 table 2852012039`,
      `${fip}: rule add from all iif fpr-ac000001-0 lookup 2852012039 priority 2852012039`,
      `${qrouter}: *nat`,
      `${qrouter}: :tapline-PREROUTING - [0:0]`,
      `${qrouter}: -A tapline-PREROUTING -d 10.0.1.50/32 -i rfp-ac000001-0 -j DNAT --to-destination 10.0.3.3`,
      `${qrouter}: -D OUTPUT -j tapline-OUTPUT`,
      `${qrouter}: -F tapline-OUTPUT`,
      `${qrouter}: -X tapline-OUTPUT`,
      `${qrouter}: COMMIT`,
    ])
  })
})

it('routers of both ways share the namespace of their external network', () => {
  const otherId = 'ac000002-0000-4000-8000-000000000002'
  const mixed = (mode: Router['floatingIpMode'], otherMode: Router['floatingIpMode']) => {
    const topology = floatingIpDesign({ floatingIpMode: mode })
    const other: Router = { ...router, id: otherId, name: 'r2', floatingIpMode: otherMode, linkLocalPair: 4 }
    const ports = [
      externalPort('b4000001', { deviceOwner: 'network:router_interface_distributed', deviceId: otherId, networkId: ids.network(2) }),
      externalPort('b5000001', { deviceOwner: 'network:floatingip', fixedIps: inExternal('10.0.1.51') }),
    ]
    const second: FloatingIp = {
      ...floatingIp,
      id: 'b0000002-0000-4000-8000-000000000002',
      portId: ports[1]!.id,
      fixedPortId: ids.port(2, 2),
      fixedIpAddress: '10.0.2.3',
      routerId: otherId,
      rulePriority: 32_771,
    }
    const { networks, subnets, ports: vmPorts, vms, localVlans } = sampleTopology({ networks: [2] })
    return compileHost(
      {
        ...topology,
        networks: [...topology.networks, ...networks],
        subnets: [...topology.subnets, ...subnets],
        vms: [...topology.vms, ...vms],
        localVlans: [...topology.localVlans, ...localVlans.map((local) => ({ ...local, vlan: local.vlan + 10 }))],
        ports: [...topology.ports, ...vmPorts, ...ports],
        routers: [...topology.routers, other],
        floatingIps: [...topology.floatingIps, second],
      },
      cmp1,
    )
  }
  const outOf = (state: HostState) => inNetns(state, `fip-${external}`)
  const defaults = (state: HostState) => outOf(state).routes.filter((route) => route.includes('default'))
  const own = (router: string, table: string) => ({
    route: `${table}: default via 10.0.1.1 by fg-b3000001-00`,
    rule: `${table}: ${router} to ${table}`,
  })
  const [first, last] = [own('fpr-ac000001-0', '2852012039'), own('fpr-ac000002-0', '2852012041')]
  const main = 'main: default via 10.0.1.1 by fg-b3000001-00'
  expect(defaults(mixed('dvr', 'dvr'))).toEqual([first.route, last.route])
  expect(defaults(mixed('by-hand', 'dvr'))).toEqual([main, last.route])
  expect(outOf(mixed('by-hand', 'dvr')).rules).toEqual([last.rule])
  expect(defaults(mixed('by-hand', 'by-hand'))).toEqual([main])
  // One of them goes back, and the other keeps what both had.
  expect(planned(mixed('dvr', 'by-hand'), mixed('by-hand', 'by-hand')).filter((line) => line.includes('default'))).toEqual([
    `fip-${external}: route replace default via 10.0.1.1 dev fg-b3000001-00 table ${2852012039}`,
  ])
})
