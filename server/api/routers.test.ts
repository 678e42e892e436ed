// Routers through the API, in Neutron's terms: what goes in comes out, and what must not go in names its rule.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let projectId: string
let outside: string
let subnetId: string
beforeAll(async () => {
  temp = await openTempApi()
  const { api } = temp
  projectId = (await api.projects.create({ name: 'demo' })).id
  const blue = (await api.networks.create({ projectId, name: 'blue', type: 'vxlan' })).id
  outside = (await api.networks.create({ projectId, name: 'outside', type: 'vxlan', isExternal: true })).id
  subnetId = (await api.subnets.create({ networkId: blue, name: 'blue-subnet', cidr: '10.0.1.0/24' })).id
  await api.subnets.create({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24' })
})
afterAll(() => temp.remove())

it('a router is made with a gateway, joins a subnet, and is shown with its ports', async () => {
  const { api } = temp
  const { id } = await api.routers.create({ projectId, name: 'edge', description: 'to the outside', gateway: { networkId: outside } })
  await api.routers.addInterface({ id, subnetId })
  const routes = [{ destination: '10.9.0.0/16', nexthop: '10.0.1.9' }]
  await api.routers.update({ id, patch: { routes, seen: { routes: [] } } })
  const shown = await api.routers.get({ id })
  expect(shown).toMatchObject({
    projectId,
    name: 'edge',
    description: 'to the outside',
    isDistributed: false,
    floatingIpMode: 'dvr',
    isAdminStateUp: true,
    gateway: { networkId: outside, isSnatEnabled: true },
    routes,
    interfaces: [{ deviceOwner: 'network:router_interface', fixedIps: [{ subnetId, ipAddress: '10.0.1.1' }] }],
    gatewayPort: { deviceOwner: 'network:router_gateway', fixedIps: [{ ipAddress: '203.0.113.3' }] },
    hostIds: [],
  })
  expect((await api.routers.list({ projectId })).map(({ name }) => name)).toEqual(['edge'])
  expect((await temp.reopen().loadTopology()).routers[0]).toMatchObject({ id, routes })

  const portId = shown.interfaces[0]!.id
  expect(await callFailing(api.ports.remove({ id: portId }))).toMatchObject({ code: 'conflict', rule: 'port-of-router', objects: ['edge'] })
  expect(await callFailing(api.routers.remove({ id }))).toMatchObject({
    rule: 'router-without-interfaces',
    objects: ['router edge in blue'],
  })
  expect(await callFailing(api.routers.removeInterface({ id, portId }))).toMatchObject({ rule: 'router-interface-in-use', field: 'portId' })
  await api.routers.update({ id, patch: { routes: [] } })
  await api.routers.removeInterface({ id, portId })
  await api.routers.remove({ id })
  expect(await api.routers.list()).toEqual([])
  expect(await callFailing(api.routers.get({ id }))).toMatchObject({ code: 'not_found', rule: 'known-object' })
})
