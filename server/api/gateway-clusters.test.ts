// Gateway clusters through the API: what goes in comes out, records follow from the design, and are what another cloud imports.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordsRoute } from './answer-records'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let gw1: string
let networkId: string
let routerId: string
let projectId: string
let blueSubnet: string
const peers = [
  { address: '192.168.160.1', as: 65_000 },
  { address: '203.0.113.3', as: 65_000 },
]
const cluster = () => ({
  name: 'gateways',
  networkId,
  vip: '192.168.200.1',
  cloudId: 'north',
  localAs: 4_200_000_001,
  peers,
  floatingIpPools: [{ start: '203.0.113.100', end: '203.0.113.120' }],
  memberHostIds: [gw1],
})

beforeAll(async () => {
  temp = await openTempApi()
  const { api } = temp
  projectId = (await api.projects.create({ name: 'demo' })).id
  const access = { address: '127.0.0.1', port: 22, user: 'root', auth: { kind: 'agent' as const } }
  const tunnel = { address: '192.168.160.21', prefixLength: 24, nic: 'ens37', gatewayIp: '192.168.160.1' }
  gw1 = (await api.hosts.register({ name: 'gw1', ...access, roles: ['gateway'], tunnel })).id
  await api.hosts.setPrepared({ id: gw1, isPrepared: true })
  networkId = (await api.networks.create({ projectId, name: 'outside', type: 'vxlan', isExternal: true })).id
  await api.subnets.create({ networkId, name: 'outside', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const { id: blue } = await api.networks.create({ projectId, name: 'blue', type: 'vxlan' })
  blueSubnet = (await api.subnets.create({ networkId: blue, name: 'blue', cidr: '10.0.1.0/24', isDhcpEnabled: false })).id
  routerId = (await api.routers.create({ projectId, name: 'spread', isDistributed: true, gateway: { networkId } })).id
  await api.routers.addInterface({ id: routerId, subnetId: blueSubnet })
})
afterAll(() => temp.remove())

it('a cluster is made, used, told as records, and removed when nobody uses it', async () => {
  const { api } = temp
  expect(await callFailing(api.gatewayClusters.create({ ...cluster(), memberHostIds: [] }))).toMatchObject({ rule: 'gateway-members-none' })
  expect(await callFailing(api.gatewayClusters.create({ ...cluster(), vip: '10.0.1.9' }))).toMatchObject({ rule: 'gateway-vip-subnet' })
  expect(await api.gatewayClusters.list()).toEqual([])

  const { id } = await api.gatewayClusters.create(cluster())
  await api.routers.update({ id: routerId, patch: { floatingIpMode: 'gateway', gatewayClusterId: id } })
  const { gatewayClusters, routers, hosts } = await temp.reopen().loadTopology()
  expect(gatewayClusters).toEqual([
    { ...cluster(), id, functions: ['floating-ip', 'snat'], peers: peers.map((peer) => ({ ...peer, hasBfd: true })), importedRecords: [] },
  ])
  expect([routers[0], hosts[0]]).toMatchObject([{ gatewayClusterId: id }, { tunnel: { gatewayIp: '192.168.160.1' } }])
  expect(await callFailing(api.gatewayClusters.remove({ id }))).toMatchObject({ rule: 'gateway-cluster-in-use', objects: ['spread'] })

  expect(await api.gatewayClusters.records({ id })).toEqual({
    cloudId: 'north',
    members: [{ hostId: gw1, name: 'gw1', observedAt: null, leftovers: [] }],
    records: [],
    withoutFloatingIp: [],
  })
  await api.routers.update({ id: routerId, patch: { floatingIpMode: 'dvr', gateway: { networkId, isSnatEnabled: false } } })
  await api.gatewayClusters.remove({ id })
  expect((await api.ports.list()).filter(({ deviceOwner }) => deviceOwner === 'network:gateway_member')).toEqual([])
  expect(await callFailing(api.gatewayClusters.records({ id }))).toMatchObject({ code: 'not_found' })
})

it('what one cloud exports another one imports', async () => {
  const { api, ctx } = temp
  const { id } = await api.gatewayClusters.create(cluster())
  const record = {
    cloudId: 'south',
    floatingIpId: '00000000-0000-4000-8000-00000000f1a7',
    floatingIp: '203.0.113.120',
    vmIp: '10.0.1.9',
    dvrMac: 'fa:16:3f:00:00:09',
    vni: 9,
    vtep: '192.168.152.9',
    selectorMac: 'fa:16:3e:00:00:09',
  }
  const earlier = { ...record, floatingIpId: '00000000-0000-4000-8000-00000000f1a8', floatingIp: '203.0.113.119', vmIp: '10.0.1.8' }
  await api.gatewayClusters.update({ id, patch: { importedRecords: [record, earlier] } })
  const { records } = await api.gatewayClusters.records({ id })
  expect(records).toEqual([earlier, record].map((each) => ({ ...each, isImported: true, states: [{ hostId: gw1, state: 'unknown' }] })))
  const told = await recordsRoute.answer(ctx, { id })
  expect([told.headers.get('content-type'), await told.json()]).toEqual(['application/json', []])
})
