// Port forwardings through the API, in Neutron's terms: what goes in comes out, and what must not go in names its rule.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let floatingIpId: string
let routerId: string
let internalPortId: string
beforeAll(async () => {
  temp = await openTempApi()
  const { api } = temp
  const projectId = (await api.projects.create({ name: 'demo' })).id
  const blue = (await api.networks.create({ projectId, name: 'blue', type: 'vxlan' })).id
  const outside = (await api.networks.create({ projectId, name: 'outside', type: 'vxlan', isExternal: true })).id
  const { id: subnetId } = await api.subnets.create({ networkId: blue, name: 'blue-subnet', cidr: '10.0.1.0/24', isDhcpEnabled: false })
  await api.subnets.create({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  routerId = (await api.routers.create({ projectId, name: 'edge', gateway: { networkId: outside } })).id
  await api.routers.addInterface({ id: routerId, subnetId })
  floatingIpId = (await api.floatingIps.create({ projectId, networkId: outside, ipAddress: '203.0.113.50' })).id
  internalPortId = (await api.ports.create({ networkId: blue, name: 'server' })).id
})
afterAll(() => temp.remove())

it('a port is forwarded, led elsewhere and forwarded no more', async () => {
  const { api } = temp
  const web = { floatingIpId, protocol: 'tcp', externalPort: 8080, internalPortId, internalPort: 80 } as const
  const { id } = await api.portForwardings.create({ ...web, description: 'pages' })
  expect(await api.portForwardings.get({ id })).toEqual({ id, ...web, internalIpAddress: '10.0.1.2', description: 'pages' })
  expect(await api.floatingIps.get({ id: floatingIpId })).toMatchObject({ routerId, fixedPortId: null, rulePriority: null })

  await api.portForwardings.update({ id, patch: { internalPort: 8000, seen: { internalPort: 80 } } })
  const shown = await api.portForwardings.get({ id })
  expect(shown).toMatchObject({ internalPort: 8000, externalPort: 8080 })
  expect(await api.portForwardings.list()).toEqual([shown])
  expect(await api.portForwardings.list({ floatingIpId })).toEqual([shown])
  expect(await api.portForwardings.list({ floatingIpId: routerId })).toEqual([])
  expect((await temp.reopen().loadTopology()).portForwardings).toEqual([shown])

  expect(await callFailing(api.portForwardings.create(web))).toMatchObject({
    code: 'conflict',
    rule: 'port-forwarding-external-unique',
    field: 'externalPort',
  })
  expect(await callFailing(api.floatingIps.remove({ id: floatingIpId }))).toMatchObject({ rule: 'floating-ip-forwards' })
  expect(await callFailing(api.floatingIps.update({ id: floatingIpId, patch: { fixedPortId: internalPortId } }))).toMatchObject({
    rule: 'floating-ip-port-forwardings',
  })
  expect(await callFailing(api.portForwardings.create({ ...web, externalPort: 0 }))).toMatchObject({
    code: 'invalid_input',
    rule: 'port-forwarding-port-range',
  })

  await api.portForwardings.remove({ id })
  expect(await api.floatingIps.get({ id: floatingIpId })).toMatchObject({ routerId: null })
  expect(await callFailing(api.portForwardings.get({ id }))).toMatchObject({ code: 'not_found', rule: 'known-object' })

  await api.portForwardings.create(web)
  await api.ports.remove({ id: internalPortId })
  expect(await api.portForwardings.list()).toEqual([])
  await api.floatingIps.remove({ id: floatingIpId })
})
