// Floating IPs through the API, in Neutron's terms: what goes in comes out, and what must not go in names its rule.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let projectId: string
let outside: string
let blue: string
let routerId: string
beforeAll(async () => {
  temp = await openTempApi()
  const { api } = temp
  projectId = (await api.projects.create({ name: 'demo' })).id
  blue = (await api.networks.create({ projectId, name: 'blue', type: 'vxlan' })).id
  outside = (await api.networks.create({ projectId, name: 'outside', type: 'vxlan', isExternal: true })).id
  const { id: subnetId } = await api.subnets.create({ networkId: blue, name: 'blue-subnet', cidr: '10.0.1.0/24', isDhcpEnabled: false })
  await api.subnets.create({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const gateway = { networkId: outside, isSnatEnabled: false }
  routerId = (await api.routers.create({ projectId, name: 'spread', isDistributed: true, gateway })).id
  await api.routers.addInterface({ id: routerId, subnetId })
})
afterAll(() => temp.remove())

it('a floating IP is made, led to a port, led nowhere and removed', async () => {
  const { api } = temp
  const { id: fixedPortId } = await api.ports.create({ networkId: blue, name: 'server' })
  const { id } = await api.floatingIps.create({ projectId, networkId: outside, ipAddress: '203.0.113.50', description: 'of the server' })
  expect(await api.floatingIps.get({ id })).toMatchObject({
    projectId,
    ipAddress: '203.0.113.50',
    fixedPortId: null,
    hostId: null,
    routerId: null,
  })
  await api.floatingIps.update({ id, patch: { fixedPortId, seen: { fixedPortId: null } } })
  const shown = await api.floatingIps.get({ id })
  expect(shown).toMatchObject({
    description: 'of the server',
    fixedPortId,
    fixedIpAddress: '10.0.1.2',
    routerId,
    rulePriority: 32768,
    hostId: null,
  })
  expect(await api.floatingIps.list({ projectId })).toEqual([shown])
  const { floatingIps, routers } = await temp.reopen().loadTopology()
  expect([floatingIps[0], routers[0]]).toMatchObject([{ id, rulePriority: 32768 }, { linkLocalPair: 0 }])

  expect(await callFailing(api.ports.remove({ id: shown.portId }))).toMatchObject({ code: 'conflict', rule: 'port-of-floating-ips' })
  expect(await callFailing(api.ports.remove({ id: fixedPortId }))).toMatchObject({ rule: 'port-floating-ip', objects: ['203.0.113.50'] })
  expect(await callFailing(api.floatingIps.create({ projectId, networkId: outside, fixedPortId }))).toMatchObject({
    rule: 'floating-ip-fixed-unique',
    field: 'fixedIpAddress',
  })
  expect(await callFailing(api.routers.update({ id: routerId, patch: { gateway: null } }))).toMatchObject({ rule: 'router-gateway-in-use' })

  await api.floatingIps.update({ id, patch: { fixedPortId: null } })
  await api.ports.remove({ id: fixedPortId })
  await api.floatingIps.remove({ id })
  expect(await api.floatingIps.list()).toEqual([])
  expect((await api.ports.list()).map(({ deviceOwner }) => deviceOwner).toSorted()).toEqual([
    'network:router_gateway',
    'network:router_interface_distributed',
  ])
  expect(await callFailing(api.floatingIps.get({ id }))).toMatchObject({ code: 'not_found', rule: 'known-object' })
})

it('how one is led out is told for the host of its VM, by hand and as Neutron does it', async () => {
  const { api } = temp
  const { id: fixedPortId } = await api.ports.create({ networkId: blue, name: 'idle' })
  const { id } = await api.floatingIps.create({ projectId, networkId: outside })
  expect(await api.floatingIps.ways({ id })).toBe('leads-nowhere')
  await api.floatingIps.update({ id, patch: { fixedPortId } })
  expect(await api.floatingIps.ways({ id })).toBe('no-host')
  expect(await callFailing(api.floatingIps.ways({ id: fixedPortId }))).toMatchObject({ code: 'not_found', rule: 'known-object' })
})
