// Where ports of floating IPs are forwarded: by a centralized router in its namespace, by a distributed one in its central part, which it has for them alone
// if need be.

import { describe, expect, it } from 'vitest'
import { routerNamespace, snatNamespace } from '../naming'
import { addInterface } from '../topology/kinds/router/router-interfaces'
import { idsForDevices, makeSample } from '../topology/testing/sample'
import { compileHost } from './compile'
import { hostPart, isSamePart } from './host-part'

function draw(isDistributed: boolean) {
  const { draft, demo, physnet1, blueSubnet, net1, cmp1, web1 } = makeSample(idsForDevices())
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const routerId = draft.router({ projectId: demo, name: 'r1', isDistributed, gateway: { networkId: outside, isSnatEnabled: false } })
  draft.make(addInterface(routerId, { subnetId: blueSubnet }, draft.ids))
  const before = draft.topology
  const floatingIpId = draft.floatingIp({ projectId: demo, networkId: outside, ipAddress: '203.0.113.50' })
  const internalPortId = draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]!
  const forward = (protocol: string, externalPort: number, internalPort: number) =>
    draft.forwarding({ floatingIpId, protocol, externalPort, internalPortId, internalPort })
  forward('tcp', 8080, 80)
  forward('udp', 53, 5353)
  const on = (hostId: string) => compileHost(draft.topology, hostId)
  return { draft, before, routerId, net1, cmp1, on, netns: isDistributed ? snatNamespace(routerId) : routerNamespace(routerId) }
}

describe.each([false, true])('ports of a floating IP (distributed: %s)', (isDistributed) => {
  const { draft, before, net1, cmp1, on, netns } = draw(isDistributed)

  it('are forwarded where the gateway is, once the address is announced there', () => {
    const { iptables, addresses } = on(net1)
    const inbound = iptables.find((each) => each.netns === netns && each.table === 'nat' && each.chain === 'tapline-PREROUTING')
    expect(inbound?.rules).toEqual([
      '-d 203.0.113.50/32 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.1.3:80',
      '-d 203.0.113.50/32 -p udp -m udp --dport 53 -j DNAT --to-destination 10.0.1.3:5353',
    ])
    const own = addresses.filter(({ cidr }) => cidr === '203.0.113.50/32')
    expect(own).toMatchObject([{ netns, isAnnounced: true }])
    expect(own[0]?.link).toMatch(/^qg-/)
  })

  it('have no other translation, and none on another host', () => {
    const sources = on(net1).iptables.flatMap(({ rules }) => rules.filter((rule) => rule.includes('-j SNAT')))
    expect(sources).toEqual([expect.stringContaining('--ctstate DNAT -j SNAT --to-source')])
    expect(on(cmp1).iptables.flatMap(({ table, rules }) => (table === 'nat' ? rules : []))).toEqual([])
  })

  it('are none of the part of a host that does not forward them', () => {
    const host = draft.topology.hosts.find(({ id }) => id === cmp1)!
    const { portForwardings } = hostPart(draft.topology, host)
    expect(portForwardings).toEqual([])
    expect(isSamePart(hostPart(before, host), hostPart(draft.topology, host))).toBe(!isDistributed)
  })
})

it('a distributed router without SNAT has a central part for them, to which what its VMs send is led, and loses it with the last', () => {
  const { draft, before, routerId, net1, cmp1, on } = draw(true)
  const central = (topology: typeof before) => topology.ports.filter(({ deviceOwner }) => deviceOwner === 'network:router_centralized_snat')
  expect([before, draft.topology].map((each) => [each.routers[0]?.hostId, central(each).length])).toEqual([
    [null, 0],
    [net1, 1],
  ])
  const [rule] = on(cmp1).rules
  expect(rule).toMatchObject({ netns: routerNamespace(routerId), source: '10.0.1.1/24', table: '167772417' })
  expect(on(cmp1).namespaces.map(({ name }) => name)).toEqual([routerNamespace(routerId)])
})
