// What an edit of a router does to its ports, and what is settled for it: host, owners, and where a distributed one stands.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import { presenceOf } from '../../presence'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { removeHost, setHostPrepared, updateHost } from '../host/host-edits'
import { updateNetwork } from '../network/network-edits'
import { createPort } from '../port/port-edits'
import { labelEnd, labelPort } from '../port/port-label'
import { removeVm } from '../vm/vm-edits'
import { updateVm } from '../vm/vm-update'
import { routerEdits, updateRouter } from './router-edits'
import { addInterface, removeInterface } from './router-interfaces'

function makeRouterSample() {
  const sample = makeSample()
  const { draft, demo, physnet1 } = sample
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  const outsideSubnet = draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const routerOf = (id: string) => draft.topology.routers.find((router) => router.id === id)!
  const portsOf = (id: string) => draft.topology.ports.filter(({ deviceId }) => deviceId === id)
  const gatewayOf = (id: string) => draft.topology.ports.find((port) => port.id === routerOf(id).gateway?.portId)
  const hostsOf = (id: string) =>
    presenceOf(draft.topology)
      .hostsWith(portsOf(id)[0]!)
      .map(({ name }) => name)
  const vlansOn = (hostId: string) => draft.topology.localVlans.filter((local) => local.hostId === hostId).map(({ networkId }) => networkId)
  const deps = { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' }
  return { ...sample, ids: draft.ids, deps, outside, outsideSubnet, routerOf, portsOf, gatewayOf, hostsOf, vlansOn }
}

describe('an interface', () => {
  it('by subnet is a port with its gateway address, which nothing filters, on the host of the router', () => {
    const { draft, demo, blue, blueSubnet, ids, deps, net1, routerOf, portsOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge' })
    expect(routerOf(id)).toEqual({
      id,
      projectId: demo,
      name: 'edge',
      isAdminStateUp: true,
      isDistributed: false,
      floatingIpMode: 'dvr',
      hostId: null,
      gateway: null,
      routes: [],
    })
    expect(draft.make(addInterface(id, { subnetId: blueSubnet }, ids))).toEqual({ id })
    const [port, ...others] = portsOf(id)
    expect(others).toEqual([])
    expect(port).toEqual({
      id: port!.id,
      networkId: blue,
      name: '',
      macAddress: port!.macAddress,
      fixedIps: [{ subnetId: blueSubnet, ipAddress: '10.0.1.1' }],
      hostId: net1,
      deviceOwner: 'network:router_interface',
      deviceId: id,
      isAdminStateUp: true,
      isPortSecurityEnabled: false,
    })
    expect(routerOf(id).hostId).toBe(net1)
    expect(labelPort(draft.topology, port!)).toBe('router edge in blue')
    expect(labelEnd(draft.topology, port!, presenceOf(draft.topology).hostsWith(port!))).toBe('router edge in blue on net1')
    draft.make(removeInterface(id, { subnetId: blueSubnet }, ids))
    expect([portsOf(id), routerOf(id).hostId]).toEqual([[], null])
    draft.make(routerEdits.remove(id, deps))
    expect(draft.topology.routers).toEqual([])
  })

  it('by port keeps its address and MAC, loses what filtered it, and goes with the interface', () => {
    const { draft, demo, blue, ids, routerOf, portsOf, net1 } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge' })
    const pairs = [{ ipAddress: '10.0.1.77' }]
    const portId = draft.make(createPort({ networkId: blue, name: 'mine', allowedAddressPairs: pairs }, ids)).id
    const before = draft.topology.ports.find((port) => port.id === portId)!
    draft.make(addInterface(id, { portId }, ids))
    const { securityGroupIds: _groups, allowedAddressPairs: _pairs, ...rest } = before
    const taken = { name: '', hostId: net1, deviceOwner: 'network:router_interface', deviceId: id, isPortSecurityEnabled: false }
    expect(portsOf(id)).toEqual([{ ...rest, ...taken }])
    draft.make(removeInterface(id, { portId }, ids))
    expect([portsOf(id), draft.topology.ports.some((port) => port.id === portId), routerOf(id).hostId]).toEqual([[], false, null])
  })
})

describe('a gateway', () => {
  it('is a port with the lowest address that is free, and translates', () => {
    const { draft, demo, outside, outsideSubnet, net1, routerOf, gatewayOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
    const port = gatewayOf(id)!
    expect(port).toMatchObject({
      networkId: outside,
      fixedIps: [{ subnetId: outsideSubnet, ipAddress: '203.0.113.2' }],
      hostId: net1,
      deviceOwner: 'network:router_gateway',
      deviceId: id,
      isPortSecurityEnabled: false,
    })
    expect(routerOf(id)).toMatchObject({ hostId: net1, gateway: { networkId: outside, portId: port.id, isSnatEnabled: true } })
    expect(labelPort(draft.topology, port)).toBe('gateway of router edge')
  })

  it('keeps its port in the same network, and has another one in another', () => {
    const { draft, demo, outside, physnet1, ids, routerOf, gatewayOf, portsOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside, isSnatEnabled: false } })
    const first = gatewayOf(id)!
    draft.make(updateRouter(id, { gateway: { networkId: outside } }, ids))
    expect([gatewayOf(id), routerOf(id).gateway?.isSnatEnabled]).toEqual([first, false])
    expect(gatewayOf(id)).toBe(first)
    draft.make(updateRouter(id, { gateway: { networkId: outside, ipAddress: '203.0.113.50', isSnatEnabled: true } }, ids))
    expect(gatewayOf(id)).toEqual({ ...first, fixedIps: [{ ...first.fixedIps[0], ipAddress: '203.0.113.50' }] })
    const other = draft.network({ projectId: demo, name: 'other', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
    draft.subnet({ networkId: other, name: 'other-subnet', cidr: '198.51.100.0/24' })
    draft.make(updateRouter(id, { gateway: { networkId: other } }, ids))
    expect(portsOf(id).map(({ id: portId, networkId }) => [portId === first.id, networkId])).toEqual([[false, other]])
    draft.make(updateNetwork(outside, { isExternal: false }, ids))
    draft.make(updateRouter(id, { gateway: null }, ids))
    expect([portsOf(id), routerOf(id).gateway, routerOf(id).hostId]).toEqual([[], null, null])
  })

  it('goes with the router', () => {
    const { draft, demo, outside, deps, portsOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
    draft.make(routerEdits.remove(id, deps))
    expect(portsOf(id)).toEqual([])
  })

  it('is told by somebody who has seen it as it is', () => {
    const { draft, demo, outside, ids, routerOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
    const seen = { gateway: { networkId: outside, ipAddress: '203.0.113.2', isSnatEnabled: true } }
    draft.make(updateRouter(id, { gateway: { networkId: outside, isSnatEnabled: false }, seen }, ids))
    expect(routerOf(id).gateway?.isSnatEnabled).toBe(false)
  })
})

it('routes are kept in one order, an address as a prefix', () => {
  const { draft, demo, blueSubnet, ids, routerOf } = makeRouterSample()
  const id = draft.router({ projectId: demo, name: 'edge' })
  draft.make(addInterface(id, { subnetId: blueSubnet }, ids))
  const by = (destination: string) => ({ destination, nexthop: '10.0.1.9' })
  draft.make(updateRouter(id, { routes: [by('10.9.0.0/16'), by('0.0.0.0/0'), by('10.8.0.7')] }, ids))
  expect(routerOf(id).routes.map(({ destination }) => destination)).toEqual(['0.0.0.0/0', '10.8.0.7/32', '10.9.0.0/16'])
  draft.make(updateRouter(id, { name: 'border' }, ids))
  expect(routerOf(id)).toMatchObject({ name: 'border', routes: { length: 3 } })
})

describe('a network', () => {
  it('is external or is not, and says nothing where it is not', () => {
    const { draft, blue, ids } = makeRouterSample()
    const isExternal = () => draft.topology.networks.find(({ id }) => id === blue)!.isExternal
    expect(isExternal()).toBeUndefined()
    draft.make(updateNetwork(blue, { isExternal: true, seen: { isExternal: false } }, ids))
    expect(isExternal()).toBe(true)
    draft.make(updateNetwork(blue, { name: 'blue-2' }, ids))
    expect(isExternal()).toBe(true)
    draft.make(updateNetwork(blue, { isExternal: false }, ids))
    expect(isExternal()).toBeUndefined()
  })
})

describe('the host of a router', () => {
  it('carries all of its networks, and is the one with the fewest routers', () => {
    const { draft, demo, blueSubnet, greenSubnet, physnet1, ids, net1, routerOf } = makeRouterSample()
    const net2 = draft.host('net2', 21, { roles: ['network'] })
    const bridgeMappings = [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }]
    const made = (name: string, subnetId: string) => {
      const id = draft.router({ projectId: demo, name })
      draft.make(addInterface(id, { subnetId }, ids))
      return id
    }
    const [a, b] = [made('a', greenSubnet), made('b', blueSubnet)]
    expect([routerOf(a).hostId, routerOf(b).hostId]).toEqual([net1, net2])
    draft.make(updateHost(net2, { bridgeMappings }, ids))
    expect(routerOf(a).hostId).toBe(net1)
    draft.make(updateHost(net1, { isSchedulable: false }, ids))
    draft.make(removeHost(net1, ids))
    expect([routerOf(a).hostId, draft.topology.ports.filter(({ deviceId }) => deviceId === a).map(({ hostId }) => hostId)]).toEqual([
      net2,
      [net2],
    ])
  })

  it('is none where nobody can, and the router comes back', () => {
    const { draft, demo, blueSubnet, ids, net1, routerOf, portsOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'edge' })
    draft.make(addInterface(id, { subnetId: blueSubnet }, ids))
    const before = draft.topology
    draft.make(setHostPrepared(net1, false, ids))
    expect([routerOf(id).hostId, portsOf(id).map(({ hostId }) => hostId)]).toEqual([null, [null]])
    expect(checkTopology(draft.topology)).toEqual([])
    draft.make(setHostPrepared(net1, true, ids))
    expect(draft.topology.routers).toEqual(before.routers)
    expect(draft.topology.ports).toEqual(before.ports)
  })

  it('may have Linux bridge, while the router is not distributed', () => {
    const { draft, demo, blueSubnet, ids, net1, routerOf } = makeRouterSample()
    draft.make(setHostPrepared(net1, false, ids))
    const lb = draft.host('lb', 22, { roles: ['network'], agentKind: 'linuxbridge' })
    const id = draft.router({ projectId: demo, name: 'edge' })
    draft.make(addInterface(id, { subnetId: blueSubnet }, ids))
    expect(routerOf(id).hostId).toBe(lb)
  })
})

describe('a distributed router', () => {
  it('stands on every host with a VM or a DHCP server of any of its networks, with all of them', () => {
    const { draft, demo, blue, blueSubnet, green, greenSubnet, ids, cmp2, web2, routerOf, portsOf, hostsOf, vlansOn } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'inner', isDistributed: true })
    draft.make(addInterface(id, { subnetId: greenSubnet }, ids))
    expect(hostsOf(id)).toEqual(['net1'])
    expect(vlansOn(cmp2)).toEqual([blue])
    draft.make(addInterface(id, { subnetId: blueSubnet }, ids))
    expect(portsOf(id).map(({ deviceOwner, hostId }) => [deviceOwner, hostId])).toEqual([
      ['network:router_interface_distributed', null],
      ['network:router_interface_distributed', null],
    ])
    expect(hostsOf(id)).toEqual(['cmp1', 'cmp2', 'net1'])
    expect(new Set(vlansOn(cmp2))).toEqual(new Set([blue, green]))
    expect(routerOf(id).hostId).toBeNull()
    draft.make(removeVm(web2, ids))
    expect(hostsOf(id)).toEqual(['cmp1', 'net1'])
    expect(vlansOn(cmp2)).toEqual([])
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('goes where a VM goes, and stands nowhere because of another router or a port that nobody uses', () => {
    const { draft, demo, blueSubnet, green, greenSubnet, ids, cmp2, web1, hostsOf } = makeRouterSample()
    const [inner, other] = ['inner', 'other'].map((name) => draft.router({ projectId: demo, name, isDistributed: true }))
    draft.make(addInterface(inner!, { subnetId: blueSubnet }, ids))
    draft.make(createPort({ networkId: green, name: 'unused', hostId: cmp2 }, ids))
    draft.make(addInterface(other!, { subnetId: greenSubnet }, ids))
    expect([hostsOf(inner!), hostsOf(other!)]).toEqual([['cmp1', 'cmp2', 'net1'], ['net1']])
    draft.make(updateVm(web1, { hostId: cmp2 }, ids))
    expect(hostsOf(inner!)).toEqual(['cmp2', 'net1'])
  })

  it('becomes one that is not, and is one again', () => {
    const { draft, demo, blue, blueSubnet, green, greenSubnet, ids, net1, cmp1, routerOf, portsOf, hostsOf, vlansOn } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'inner', isDistributed: true })
    for (const subnetId of [blueSubnet, greenSubnet]) draft.make(addInterface(id, { subnetId }, ids))
    const before = draft.topology
    draft.make(updateRouter(id, { isDistributed: false }, ids))
    expect(portsOf(id).map(({ deviceOwner, hostId }) => [deviceOwner, hostId])).toEqual([
      ['network:router_interface', net1],
      ['network:router_interface', net1],
    ])
    expect([routerOf(id).hostId, hostsOf(id), vlansOn(cmp1)]).toEqual([net1, ['net1'], [blue]])
    draft.make(updateRouter(id, { isDistributed: true }, ids))
    expect(draft.topology.routers).toEqual(before.routers)
    expect(draft.topology.ports).toEqual(before.ports)
    expect(new Set(vlansOn(cmp1))).toEqual(new Set([blue, green]))
  })

  it('leads floating IPs out by hand when told so, and not when it is centralized', () => {
    const { draft, demo, ids, routerOf } = makeRouterSample()
    const id = draft.router({ projectId: demo, name: 'spread', isDistributed: true, floatingIpMode: 'by-hand' })
    const modeAfter = (patch: Parameters<typeof updateRouter>[1]) => {
      draft.make(updateRouter(id, patch, ids))
      return routerOf(id).floatingIpMode
    }
    expect(modeAfter({ name: 'other' })).toBe('by-hand')
    expect(modeAfter({ isDistributed: true })).toBe('by-hand')
    expect(modeAfter({ isDistributed: false })).toBe('dvr')
    expect(modeAfter({ isDistributed: true })).toBe('dvr')
    expect(modeAfter({ floatingIpMode: 'by-hand', seen: { floatingIpMode: 'dvr' } })).toBe('by-hand')
    const [violation] = draft.violations(updateRouter(id, { isDistributed: false, seen: { floatingIpMode: 'dvr' } }, ids))
    expect(explainViolation(violation!)).toBe(
      'Somebody else has changed this meanwhile: floating IPs was as Neutron, and is by hand now. Start again from what is there now.',
    )
  })
})

it('an edit that concerns no router leaves them the same', () => {
  const { draft, demo, blueSubnet, ids } = makeRouterSample()
  const id = draft.router({ projectId: demo, name: 'edge' })
  draft.make(addInterface(id, { subnetId: blueSubnet }, ids))
  const before = draft.topology
  draft.make(updateNetwork(before.networks[0]!.id, { name: 'renamed' }, ids))
  expect(draft.topology.routers).toBe(before.routers)
  expect(draft.topology.ports).toBe(before.ports)
})
