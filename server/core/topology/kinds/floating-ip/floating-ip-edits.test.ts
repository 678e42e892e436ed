// What an edit of a floating IP does to ports, and what is settled for it: its router, a priority, and the ports of hosts.

import { describe, expect, it } from 'vitest'
import { inTurn } from '../../edit'
import { presenceOf } from '../../presence'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { createPort } from '../port/port-edits'
import { portDevices } from '../port/port-devices'
import { labelPort } from '../port/port-label'
import { updateRouter } from '../router/router-edits'
import { addInterface, removeInterface } from '../router/router-interfaces'
import { createTrunk } from '../trunk/trunk-edits'
import { removeVm } from '../vm/vm-edits'
import { updateVm } from '../vm/vm-update'
import { floatingIpEdits } from './floating-ip-edits'
import { floatingAddress } from './floating-ip-label'

/** Blue is distributed, and green is not. */
function makeFloatingSample() {
  const sample = makeSample()
  const { draft, demo, physnet1, blueSubnet, greenSubnet, green, cmp1 } = sample
  const { ids } = draft
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  const outsideSubnet = draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const gateway = { networkId: outside, isSnatEnabled: false }
  const spread = draft.router({ projectId: demo, name: 'spread', isDistributed: true, gateway })
  const edge = draft.router({ projectId: demo, name: 'edge', gateway })
  draft.make(addInterface(spread, { subnetId: blueSubnet }, ids))
  draft.make(addInterface(edge, { subnetId: greenSubnet }, ids))
  const db1 = draft.vm({ projectId: demo, name: 'db-1', hostId: cmp1, networkIds: [green] })
  const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
  const portOf = (vmId: string) => draft.topology.vms.find(({ id }) => id === vmId)!.portIds[0]!
  const floatingIpOf = (id: string) => draft.topology.floatingIps.find((each) => each.id === id)!
  const routerOf = (id: string) => draft.topology.routers.find((each) => each.id === id)!
  const float = (fixedPortId?: string, changes: object = {}) =>
    draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId, ...changes })
  const lead = (id: string, patch: Parameters<typeof floatingIpEdits.update.edit>[1]) =>
    draft.make(floatingIpEdits.update.edit(id, patch, deps))
  const remove = (id: string) => draft.make(floatingIpEdits.remove(id, deps))
  const gateways = () =>
    draft.topology.ports
      .filter(({ deviceOwner }) => deviceOwner === 'network:floatingip_agent_gateway')
      .map((port) => `${labelPort(draft.topology, port)}: ${port.fixedIps.map(({ ipAddress }) => ipAddress).join()}`)
      .toSorted()
  const names = { outside, outsideSubnet, spread, edge, db1, deps, ids }
  return { ...sample, ...names, portOf, floatingIpOf, routerOf, float, lead, remove, gateways }
}

describe('a floating IP', () => {
  it('has the lowest free address by a port of its own, which stands nowhere and goes with it', () => {
    const { draft, demo, outside, outsideSubnet, float, floatingIpOf, remove } = makeFloatingSample()
    const id = float()
    const { portId } = floatingIpOf(id)
    expect(floatingIpOf(id)).toEqual({
      id,
      projectId: demo,
      networkId: outside,
      portId,
      fixedPortId: null,
      fixedIpAddress: null,
      routerId: null,
      rulePriority: null,
    })
    const port = draft.topology.ports.find((each) => each.id === portId)!
    expect(port).toEqual({
      id: portId,
      networkId: outside,
      name: '',
      macAddress: port.macAddress,
      fixedIps: [{ subnetId: outsideSubnet, ipAddress: '203.0.113.4' }],
      hostId: null,
      deviceOwner: 'network:floatingip',
      deviceId: id,
      isAdminStateUp: true,
      isPortSecurityEnabled: false,
    })
    expect(labelPort(draft.topology, port)).toBe('floating IP 203.0.113.4')
    expect(portDevices(draft.topology, port)).toEqual({})
    expect(presenceOf(draft.topology).hostsWith(port)).toEqual([])
    remove(id)
    expect(draft.topology.floatingIps).toEqual([])
    expect(draft.topology.ports.some((each) => each.id === portId)).toBe(false)
  })

  it('has the address that is named', () => {
    const { draft, float, floatingIpOf } = makeFloatingSample()
    const id = float(undefined, { ipAddress: '203.0.113.50' })
    expect(floatingAddress(draft.topology, floatingIpOf(id))).toBe('203.0.113.50')
  })

  it('of a router that is not distributed needs nothing more', () => {
    const { portOf, db1, edge, float, floatingIpOf, gateways, lead } = makeFloatingSample()
    const id = float(portOf(db1))
    expect(floatingIpOf(id)).toMatchObject({ fixedIpAddress: '10.0.2.3', routerId: edge, rulePriority: null })
    expect(gateways()).toEqual([])
    lead(id, { fixedPortId: null })
    expect(floatingIpOf(id)).toMatchObject({ fixedPortId: null, fixedIpAddress: null, routerId: null })
  })

  it('is led from one address of a port to another, and stays where nothing is said', () => {
    const { draft, green, greenSubnet, ids, float, floatingIpOf, lead } = makeFloatingSample()
    const fixedIps = [
      { subnetId: greenSubnet, ipAddress: '10.0.2.7' },
      { subnetId: greenSubnet, ipAddress: '10.0.2.8' },
    ]
    const { id: portId } = draft.make(createPort({ networkId: green, name: 'two', fixedIps }, ids))
    const id = float(portId, { fixedIpAddress: '10.0.2.7' })
    lead(id, { fixedIpAddress: '10.0.2.8', seen: { fixedIpAddress: '10.0.2.7' } })
    expect(floatingIpOf(id)).toMatchObject({ fixedPortId: portId, fixedIpAddress: '10.0.2.8' })
    lead(id, { description: 'of two' })
    lead(id, { fixedPortId: portId })
    expect(floatingIpOf(id)).toMatchObject({ fixedPortId: portId, fixedIpAddress: '10.0.2.8', description: 'of two' })
  })

  it('leads nowhere when its port goes with a VM, and stays with one that is free again', () => {
    const { draft, green, demo, cmp1, ids, portOf, db1, float, floatingIpOf, edge } = makeFloatingSample()
    const { id: kept } = draft.make(createPort({ networkId: green, name: 'kept' }, ids))
    const db2 = draft.vm({ projectId: demo, name: 'db-2', hostId: cmp1, nics: [{ portId: kept }] })
    const [first, second] = [float(portOf(db1)), float(kept)]
    draft.make(removeVm(db1, ids))
    draft.make(removeVm(db2, ids))
    expect(floatingIpOf(first)).toMatchObject({ fixedPortId: null, fixedIpAddress: null, routerId: null })
    expect(floatingIpOf(second)).toMatchObject({ fixedPortId: kept, routerId: edge })
    expect(checkTopology(draft.topology)).toEqual([])
  })
})

describe('the router of a floating IP', () => {
  it('is the one at the gateway address of the subnet, and stays while it leads there', () => {
    const { draft, demo, outside, blue, blueSubnet, spread, ids, portOf, web1, float, floatingIpOf } = makeFloatingSample()
    const { id: portId } = draft.make(createPort({ networkId: blue, name: '', fixedIps: [{ subnetId: blueSubnet }] }, ids))
    const second = draft.router({ projectId: demo, name: 'second', gateway: { networkId: outside } })
    draft.make(addInterface(second, { portId }, ids))
    const first = float(portOf(web1))
    expect(floatingIpOf(first).routerId).toBe(spread)
    draft.make(floatingIpEdits.remove(first, { ids, now: '' }))
    draft.make(removeInterface(spread, { subnetId: blueSubnet }, ids))
    const id = float(portOf(web1))
    expect(floatingIpOf(id).routerId).toBe(second)
    draft.make(addInterface(spread, { subnetId: blueSubnet }, ids))
    expect(floatingIpOf(id).routerId).toBe(second)
  })
})

describe('a floating IP of a distributed router', () => {
  it('has a priority, and a port of the external network on the host of its VM', () => {
    const { draft, web1, web2, cmp1, outside, spread, portOf, float, floatingIpOf, gateways, remove } = makeFloatingSample()
    const [first, second] = [float(portOf(web1)), float(portOf(web2))]
    expect([first, second].map((id) => floatingIpOf(id))).toMatchObject([
      { routerId: spread, rulePriority: 32768 },
      { routerId: spread, rulePriority: 32769 },
    ])
    expect(gateways()).toEqual(['floating IPs on cmp1 in outside: 203.0.113.5', 'floating IPs on cmp2 in outside: 203.0.113.7'])
    const port = presenceOf(draft.topology)
      .portsOn(cmp1)
      .find(({ networkId }) => networkId === outside)!
    expect(port).toMatchObject({ name: '', hostId: cmp1, deviceId: cmp1, isPortSecurityEnabled: false })
    expect(port.securityGroupIds).toBeUndefined()
    expect(portDevices(draft.topology, port)).toEqual({ fg: `fg-${port.id.slice(0, 11)}` })
    expect(draft.topology.localVlans.some(({ hostId, networkId }) => hostId === cmp1 && networkId === outside)).toBe(true)
    remove(first)
    expect(gateways()).toEqual(['floating IPs on cmp2 in outside: 203.0.113.7'])
    expect(floatingIpOf(second).rulePriority).toBe(32769)
    expect(floatingIpOf(float(portOf(web1))).rulePriority).toBe(32768)
  })

  it('shares that port with the others of the host, and loses it with the last', () => {
    const { draft, blue, demo, cmp1, web1, portOf, float, lead, gateways } = makeFloatingSample()
    const web3 = draft.vm({ projectId: demo, name: 'web-3', hostId: cmp1, networkIds: [blue] })
    const [first, second] = [float(portOf(web1)), float(portOf(web3))]
    const before = gateways()
    expect(before).toHaveLength(1)
    lead(first, { fixedPortId: null })
    expect(gateways()).toEqual(before)
    lead(second, { fixedPortId: null })
    expect(gateways()).toEqual([])
  })

  it('follows its VM, and waits for one', () => {
    const { draft, demo, blue, cmp1, cmp2, web1, ids, portOf, float, gateways, floatingIpOf } = makeFloatingSample()
    float(portOf(web1))
    draft.make(updateVm(web1, { hostId: cmp2 }, ids))
    expect(gateways().map((each) => each.split(':')[0])).toEqual(['floating IPs on cmp2 in outside'])
    draft.make(removeVm(web1, ids))
    const { id: free } = draft.make(createPort({ networkId: blue, name: 'free' }, ids))
    const id = float(free)
    expect([gateways(), floatingIpOf(id).rulePriority]).toEqual([[], 32768])
    draft.vm({ projectId: demo, name: 'late', hostId: cmp1, nics: [{ portId: free }] })
    expect(gateways().map((each) => each.split(':')[0])).toEqual(['floating IPs on cmp1 in outside'])
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('is that of a subport where the parent is', () => {
    const { draft, demo, blue, green, cmp2, ids, deps, float, gateways } = makeFloatingSample()
    const port = (networkId: string) => draft.make(createPort({ networkId, name: '' }, ids)).id
    const [parent, child] = [port(green), port(blue)]
    const subPorts = [{ portId: child, segmentationType: 'vlan', segmentationId: 5 }]
    draft.make(createTrunk({ projectId: demo, name: 't', portId: parent, subPorts, isAdminStateUp: true }, deps))
    float(child)
    expect(gateways()).toEqual([])
    draft.vm({ projectId: demo, name: 'trunked', hostId: cmp2, nics: [{ portId: parent }] })
    expect(gateways().map((each) => each.split(':')[0])).toEqual(['floating IPs on cmp2 in outside'])
  })

  it('is no longer one when the router is not distributed any more, and is again', () => {
    const { draft, spread, web1, ids, portOf, float, floatingIpOf, routerOf, gateways } = makeFloatingSample()
    const id = float(portOf(web1))
    draft.make(updateRouter(spread, { isDistributed: false }, ids))
    expect([floatingIpOf(id).rulePriority, gateways()]).toEqual([null, []])
    expect(routerOf(spread)).toMatchObject({ linkLocalPair: 0 })
    draft.make(updateRouter(spread, { isDistributed: true }, ids))
    expect([floatingIpOf(id).rulePriority, gateways().length]).toEqual([32768, 1])
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('may be led on in the same edit that leads another to its port', () => {
    const { draft, web1, web2, deps, portOf, float, floatingIpOf } = makeFloatingSample()
    const [first, second] = [float(portOf(web1)), float(portOf(web2))]
    const { edit } = floatingIpEdits.update
    draft.make(
      inTurn([
        edit(first, { fixedPortId: null }, deps),
        edit(second, { fixedPortId: portOf(web1) }, deps),
        edit(first, { fixedPortId: portOf(web2) }, deps),
      ]),
    )
    expect([first, second].map((id) => floatingIpOf(id).fixedPortId)).toEqual([portOf(web2), portOf(web1)])
  })
})

describe('a distributed router that leads out', () => {
  it('has a gateway that stands nowhere, and a pair of link-local addresses for life', () => {
    const { draft, demo, outside, blueSubnet, spread, edge, ids, routerOf } = makeFloatingSample()
    const { gateway } = routerOf(spread)
    const port = draft.topology.ports.find(({ id }) => id === gateway?.portId)!
    expect([port.hostId, presenceOf(draft.topology).hostsWith(port)]).toEqual([null, []])
    expect([routerOf(spread).linkLocalPair, routerOf(edge).linkLocalPair]).toEqual([0, undefined])
    draft.make(updateRouter(spread, { gateway: null }, ids))
    expect(routerOf(spread).linkLocalPair).toBe(0)
    const other = draft.router({
      projectId: demo,
      name: 'other',
      isDistributed: true,
      gateway: { networkId: outside, isSnatEnabled: false },
    })
    expect(routerOf(other).linkLocalPair).toBe(1)
    draft.make(removeInterface(spread, { subnetId: blueSubnet }, ids))
  })

  it('does not come along where only its external network is', () => {
    const { draft, demo, outside, physnet1 } = makeFloatingSample()
    const lb = draft.host('lb', 31, {
      agentKind: 'linuxbridge',
      bridgeMappings: [{ physicalNetworkId: physnet1, bridge: '', nic: 'ens38' }],
    })
    draft.vm({ projectId: demo, name: 'direct', hostId: lb, networkIds: [outside] })
    expect(checkTopology(draft.topology)).toEqual([])
  })
})
