// What comes and goes with a port forwarding: the router of its floating IP with the first and the last, itself with the port that it leads to.

import { expect, it } from 'vitest'
import type { TopologyEdit } from '../../edit'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { removePort, updatePort, createPort } from '../port/port-edits'
import { updateRouter } from '../router/router-edits'
import { addInterface } from '../router/router-interfaces'
import { removeVm } from '../vm/vm-edits'
import { updateVm } from '../vm/vm-update'
import { portForwardingEdits } from './port-forwarding-edits'
import type { PortForwardingPatch } from './port-forwarding-input'

function draw(isDistributed = false) {
  const sample = makeSample()
  const { draft, demo, blue, blueSubnet, greenSubnet, physnet1, web1 } = sample
  const deps = { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' }
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'vlan', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const gateway = { networkId: outside, isSnatEnabled: !isDistributed }
  const router = (name: string, subnetId: string) => {
    const id = draft.router({ projectId: demo, name, isDistributed, gateway })
    draft.make(addInterface(id, { subnetId }, draft.ids))
    return id
  }
  const [edge, far] = [router('edge', blueSubnet), router('far', greenSubnet)]
  const floatingIpId = draft.floatingIp({ projectId: demo, networkId: outside })
  const nic = draft.topology.vms.find(({ id }) => id === web1)!.portIds[0]!
  const forward = (externalPort: number, internalPortId: string) =>
    draft.forwarding({ floatingIpId, protocol: 'tcp', externalPort, internalPortId, internalPort: 80 })
  const update = (id: string, patch: PortForwardingPatch) => draft.make(portForwardingEdits.update.edit(id, patch, deps))
  const remove = (id: string) => draft.make(portForwardingEdits.remove(id, deps))
  const free = draft.make(createPort({ networkId: blue, name: 'free' }, draft.ids)).id
  const state = () => [
    draft.topology.floatingIps.map(({ fixedPortId, routerId, rulePriority }) => [fixedPortId, routerId, rulePriority]),
    draft.topology.portForwardings.map(({ externalPort, internalIpAddress }) => [externalPort, internalIpAddress]),
  ]
  return { ...sample, edge, far, nic, free, forward, update, remove, state, outside }
}

it.each([false, true])('the first gives its floating IP a router, the last takes it away (distributed: %s)', (isDistributed) => {
  const { draft, net1, nic, free, forward, remove, state, edge } = draw(isDistributed)
  const hosts = () => draft.topology.routers.map(({ hostId }) => hostId)
  const before = hosts()
  const [first, second] = [forward(8080, nic), forward(80, free)]
  // A distributed one forwards in its central part, which it has for that.
  expect(hosts()).toEqual(isDistributed ? [net1, null] : before)
  expect(state()).toEqual([
    [[null, edge, null]],
    [
      [80, '10.0.1.5'],
      [8080, '10.0.1.3'],
    ],
  ])
  remove(first)
  expect(state()).toEqual([[[null, edge, null]], [[80, '10.0.1.5']]])
  remove(second)
  expect(state()).toEqual([[[null, null, null]], []])
  expect(hosts()).toEqual(before)
})

it('a single one may be led to a port of another router, which has the floating IP then', () => {
  const { draft, nic, green, forward, update, state, far } = draw()
  const id = forward(8080, nic)
  const apart = draft.make(createPort({ networkId: green, name: 'apart' }, draft.ids)).id
  update(id, { internalPortId: apart, externalPort: 81 })
  const address = draft.topology.ports.find((port) => port.id === apart)!.fixedIps[0]!.ipAddress
  expect(state()).toEqual([[[null, far, null]], [[81, address]]])
  expect(checkTopology(draft.topology)).toEqual([])
})

it('is changed in one edit, and stays to be what is not named', () => {
  const { draft, nic, forward, update } = draw()
  const id = forward(8080, nic)
  update(id, { protocol: 'udp', internalPort: 53 })
  expect(draft.topology.portForwardings).toMatchObject([
    { id, protocol: 'udp', externalPort: 8080, internalPortId: nic, internalIpAddress: '10.0.1.3', internalPort: 53 },
  ])
})

it('what is told of a port beside its address does not concern it', () => {
  const { draft, free, forward, state } = draw()
  forward(8080, free)
  draft.make(
    updatePort(
      free,
      {
        name: 'renamed',
        fixedIps: [{ subnetId: draft.topology.ports.find(({ id }) => id === free)!.fixedIps[0]!.subnetId, ipAddress: '10.0.1.5' }],
      },
      draft.ids,
    ),
  )
  expect(state()[1]).toEqual([[8080, '10.0.1.5']])
})

type Scene = ReturnType<typeof draw>
it.each<[string, (scene: Scene) => TopologyEdit<unknown>]>([
  ['the VM', ({ web1, draft }) => removeVm(web1, draft.ids)],
  ['the NIC of the VM', ({ web1, green, draft }) => updateVm(web1, { nics: [{ networkId: green }] }, draft.ids)],
])('goes with %s that it leads to', (_, edit) => {
  const scene = draw()
  scene.forward(8080, scene.nic)
  scene.draft.make(edit(scene))
  expect(scene.state()).toEqual([[[null, null, null]], []])
  expect(checkTopology(scene.draft.topology)).toEqual([])
})

it('goes with the port that it leads to, and leaves the others of its floating IP', () => {
  const { draft, nic, free, forward, state, edge } = draw()
  forward(8080, nic)
  forward(80, free)
  draft.make(removePort(free, draft.ids))
  expect(state()).toEqual([[[null, edge, null]], [[8080, '10.0.1.3']]])
})

it('stays when its router becomes a distributed one', () => {
  const { draft, nic, forward, state, edge, outside } = draw()
  forward(8080, nic)
  draft.make(updateRouter(edge, { isDistributed: true, gateway: { networkId: outside, isSnatEnabled: false } }, draft.ids))
  expect(state()).toEqual([[[null, edge, null]], [[8080, '10.0.1.3']]])
})
