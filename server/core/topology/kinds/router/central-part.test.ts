// The central part of a distributed router, as it is settled: which host it is on, which ports it has there, and when all of that goes.

import { describe, expect, it } from 'vitest'
import { lintTopology } from '../../../lint/lint-topology'
import { portDevices } from '../port/port-devices'
import { labelPort } from '../port/port-label'
import { hostIdsServed } from '../../distributed-routers'
import { presenceOf } from '../../presence'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { removeHost, setHostPrepared, updateHost } from '../host/host-edits'
import { updateSubnet } from '../subnet/subnet-edits'
import { updateRouter, routerEdits } from './router-edits'
import { addInterface, removeInterface } from './router-interfaces'

function makeCentral(gateway: object | null = {}) {
  const sample = makeSample()
  const { draft, demo, physnet1 } = sample
  const { ids } = draft
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const id = draft.router({ projectId: demo, name: 'r1', isDistributed: true, gateway: gateway && { networkId: outside, ...gateway } })
  draft.make(addInterface(id, { subnetId: sample.blueSubnet }, ids))
  draft.make(addInterface(id, { subnetId: sample.greenSubnet }, ids))
  const router = () => draft.topology.routers.find((each) => each.id === id)!
  const ports = (owner: string) =>
    draft.topology.ports.filter(({ deviceId, deviceOwner }) => deviceId === id && deviceOwner.startsWith(owner))
  const central = () => ports('network:router_centralized_snat')
  const hostNames = (hostIds: readonly string[]) =>
    draft.topology.hosts.filter(({ id: hostId }) => hostIds.includes(hostId)).map(({ name }) => name)
  /** Where its parts are: the central one, the ports of that, its gateway, itself. */
  const places = () => ({
    central: hostNames([router().hostId ?? '']),
    ports: central().flatMap(({ hostId }) => hostNames([hostId ?? ''])),
    gateway: hostNames(ports('network:router_gateway').map(({ hostId }) => hostId ?? '')),
    spread: hostNames(hostIdsServed(draft.topology.ports, id)),
  })
  const change = (patch: object) => draft.make(updateRouter(id, patch, ids))
  const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
  return { ...sample, ids, deps, outside, id, router, ports, central, places, change }
}

const everywhere = { central: ['net1'], ports: ['net1', 'net1'], gateway: ['net1'], spread: ['cmp1', 'cmp2', 'net1'] }
const nowhere = { central: [], ports: [], gateway: [], spread: ['cmp1', 'cmp2', 'net1'] }

describe('a distributed router that translates', () => {
  it('has a port with an address of its own in each subnet, on a network host, with its gateway', () => {
    const { draft, router, central, places, net1, blue, blueSubnet } = makeCentral()
    expect(places()).toEqual(everywhere)
    const port = central().find(({ networkId }) => networkId === blue)!
    expect(port).toMatchObject({
      networkId: blue,
      name: '',
      fixedIps: [{ subnetId: blueSubnet, ipAddress: '10.0.1.5' }],
      hostId: net1,
      deviceOwner: 'network:router_centralized_snat',
      deviceId: router().id,
      isAdminStateUp: true,
      isPortSecurityEnabled: false,
    })
    expect(port.securityGroupIds).toBeUndefined()
    expect(labelPort(draft.topology, port)).toBe('SNAT of router r1 in blue')
    expect(portDevices(draft.topology, port)).toEqual({ sg: `sg-${port.id.slice(0, 11)}` })
    expect(
      presenceOf(draft.topology)
        .hostsWith(port)
        .map(({ name }) => name),
    ).toEqual(['net1'])
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('stands on the network host with no port there that it serves', () => {
    const { draft, ids, blueSubnet, greenSubnet, places } = makeCentral()
    for (const subnetId of [blueSubnet, greenSubnet]) draft.make(updateSubnet(subnetId, { isDhcpEnabled: false }, ids))
    expect(places()).toEqual({ ...everywhere, spread: ['cmp1', 'cmp2', 'net1'] })
  })

  it('is no reason for another router to stand there', () => {
    const { draft, demo, ids, blue, blueSubnet, greenSubnet, change } = makeCentral()
    for (const subnetId of [blueSubnet, greenSubnet]) draft.make(updateSubnet(subnetId, { isDhcpEnabled: false }, ids))
    const other = draft.router({ projectId: demo, name: 'other', isDistributed: true })
    const port = draft.topology.ports.find(
      ({ networkId, deviceOwner }) => networkId === blue && deviceOwner.startsWith('network:router_c'),
    )!
    expect(port.hostId).not.toBeNull()
    const second = draft.subnet({ networkId: blue, name: 'second', cidr: '10.0.9.0/24', isDhcpEnabled: false })
    draft.make(addInterface(other, { subnetId: second }, ids))
    expect(hostIdsServed(draft.topology.ports, other)).toHaveLength(2)
    change({ gateway: null })
    expect(hostIdsServed(draft.topology.ports, other)).toHaveLength(2)
  })

  it.each<[string, object, object]>([
    ['SNAT is switched off', { gateway: { isSnatEnabled: false } }, { gateway: { isSnatEnabled: true } }],
    ['it is centralized', { isDistributed: false }, { isDistributed: true }],
  ])('has none while %s, and its gateway has the same port all along', (_, away, back) => {
    const { outside, router, ports, central, places, change } = makeCentral()
    const whole = (patch: object) => ('gateway' in patch ? { gateway: { networkId: outside, ...(patch.gateway as object) } } : patch)
    const { gateway, hostId } = router()
    change(whole(away))
    expect(central()).toEqual([])
    if (router().isDistributed) expect(places()).toEqual(nowhere)
    else expect([router().hostId, ports('network:router_interface').map((port) => port.hostId)]).toEqual([hostId, [hostId, hostId]])
    change(whole(back))
    expect(places()).toEqual(everywhere)
    expect(router().gateway).toEqual(gateway)
  })

  it('has none without a gateway, and none in a subnet that it leaves', () => {
    const { draft, id, ids, greenSubnet, central, places, change, blue } = makeCentral()
    const [kept] = central().filter(({ networkId }) => networkId === blue)
    draft.make(removeInterface(id, { subnetId: greenSubnet }, ids))
    expect(central()).toEqual([kept])
    change({ gateway: null })
    expect([central(), places().gateway]).toEqual([[], []])
  })

  it('goes whole', () => {
    const { draft, id, deps, ids, blueSubnet, greenSubnet } = makeCentral()
    for (const subnetId of [blueSubnet, greenSubnet]) draft.make(removeInterface(id, { subnetId }, ids))
    draft.make(routerEdits.remove(id, deps))
    expect(draft.topology.ports.filter(({ deviceId }) => deviceId === id)).toEqual([])
  })

  it('has no address that a route of it leads to', () => {
    const { outside, central, change, blue } = makeCentral({ isSnatEnabled: false })
    change({ routes: [{ destination: '10.99.0.0/16', nexthop: '10.0.1.5' }] })
    change({ gateway: { networkId: outside, isSnatEnabled: true } })
    expect(central().find(({ networkId }) => networkId === blue)?.fixedIps[0]?.ipAddress).toBe('10.0.1.6')
  })
})

describe('the network host of a central part', () => {
  const mapped = (physicalNetworkId: string) => ({
    roles: ['network'],
    bridgeMappings: [{ physicalNetworkId, bridge: 'br-ens38', nic: 'ens38' }],
  })

  it('is left when it can no longer carry the networks, and not before', () => {
    const { draft, ids, physnet1, net1, central, places } = makeCentral()
    const macs = central().map(({ macAddress }) => macAddress)
    const net2 = draft.host('net2', 21, mapped(physnet1))
    expect(places()).toEqual(everywhere)
    draft.make(updateHost(net1, { roles: ['compute'] }, ids))
    expect(places()).toEqual({
      ...everywhere,
      central: ['net2'],
      ports: ['net2', 'net2'],
      gateway: ['net2'],
      spread: ['cmp1', 'cmp2', 'net2'],
    })
    expect(central().map(({ macAddress }) => macAddress)).toEqual(macs)
    draft.make(updateHost(net1, { roles: ['network'] }, ids))
    draft.make(setHostPrepared(net2, false, ids))
    expect(places()).toEqual(everywhere)
    draft.make(removeHost(net2, ids))
  })

  it('is none when no host can, which lint says, and the ports keep their addresses', () => {
    const { draft, ids, net1, central, places } = makeCentral()
    const addresses = () => central().map(({ fixedIps }) => fixedIps[0]?.ipAddress)
    const before = addresses()
    draft.make(updateHost(net1, { roles: ['compute'] }, ids))
    expect(places()).toEqual({ central: [], ports: [], gateway: [], spread: ['cmp1', 'cmp2'] })
    expect(addresses()).toEqual(before)
    expect(lintTopology(draft.topology).map(({ code }) => code)).toContain('router-without-host')
  })

  it('switches with Open vSwitch', () => {
    const { draft, ids, physnet1, net1, places } = makeCentral()
    draft.host('net0', 20, {
      roles: ['network'],
      agentKind: 'linuxbridge',
      bridgeMappings: [{ physicalNetworkId: physnet1, bridge: '', nic: 'ens38' }],
    })
    draft.make(updateHost(net1, { roles: ['compute'] }, ids))
    expect(places().central).toEqual([])
  })

  it('is the one that serves the fewest', () => {
    const { draft, demo, physnet1, outside, router } = makeCentral()
    draft.host('net2', 21, mapped(physnet1))
    const other = draft.router({ projectId: demo, name: 'r2', isDistributed: true, gateway: { networkId: outside } })
    const hostOf = (hostId: string | null) => draft.topology.hosts.find(({ id }) => id === hostId)?.name
    expect([hostOf(router().hostId), hostOf(draft.topology.routers.find(({ id }) => id === other)!.hostId)]).toEqual(['net1', 'net2'])
  })
})
