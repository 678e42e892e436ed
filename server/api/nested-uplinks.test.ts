// Nested uplinks through the API: chosen names and addresses come out, and what must not be is refused by its rule.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { callFailing } from './testing/call-failing'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
let ids: Awaited<ReturnType<typeof buildDesign>>
beforeAll(async () => {
  temp = await openTempApi()
  ids = await buildDesign(temp)
})
afterAll(() => temp.remove())

const access = { address: '127.0.0.1', port: 22, user: 'root', auth: { kind: 'agent' as const } }

async function buildDesign({ api }: TempApi) {
  const { id: projectId } = await api.projects.create({ name: 'demo' })
  const { id: physnet1 } = await api.physicalNetworks.create({ name: 'physnet1', vlanRanges: [{ min: 100, max: 199 }] })
  const { id: hostId } = await api.hosts.register({
    name: 'cmp1',
    ...access,
    roles: ['compute'],
    bridgeMappings: [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }],
  })
  await api.hosts.setPrepared({ id: hostId, isPrepared: true })
  const { id: flat } = await api.networks.create({ projectId, name: 'flat', type: 'flat', physicalNetworkId: physnet1 })
  const boot = {
    kind: 'kernel' as const,
    kernel: '/k',
    initrd: '/i',
    disk: { path: '/root.img', format: 'raw' as const, isReadOnly: true },
  }
  const { id: vmId } = await api.vms.create({ projectId, name: 'outer', hostId, networkIds: [flat], memoryMib: 1024, vcpus: 1, boot })
  const { id: inner } = await api.physicalNetworks.create({ name: 'inner', carrierId: physnet1, vlanRanges: [{ min: 1200, max: 1299 }] })
  const { id: uplinkId } = await api.nestedUplinks.create({ vmId, physicalNetworkId: physnet1 })
  return { projectId, physnet1, hostId, vmId, inner, uplinkId }
}

it('shows an uplink with what was chosen for it', async () => {
  const { uplinkId, vmId, physnet1, hostId } = ids
  const uplink = await temp.api.nestedUplinks.get({ id: uplinkId })
  expect(uplink).toEqual({
    id: uplinkId,
    vmId,
    physicalNetworkId: physnet1,
    number: 1,
    macAddress: expect.stringMatching(/^fa:16:3d:/),
    hostId,
    innerHostId: null,
    devices: { tap: `tap${uplinkId.slice(0, 11)}`, bridge: 'br-data', qvb: 'qvb-data', qvo: 'qvo-data', providerBridge: 'br-ens38' },
  })
  expect(await temp.api.nestedUplinks.list({ hostId })).toEqual([uplink])
  expect(await temp.api.nestedUplinks.list({ vmId: hostId })).toEqual([])
})

it('keeps the read-only disk beside the kernel', async () => {
  const [vm] = await temp.api.vms.list()
  expect(vm!.boot).toEqual({
    kind: 'kernel',
    kernel: '/k',
    initrd: '/i',
    cmdline: 'console=ttyS0',
    disk: { path: '/root.img', format: 'raw', isReadOnly: true },
  })
})

it('refuses an inner range on a foreign VLAN, and says why', async () => {
  const error = await callFailing(
    temp.api.physicalNetworks.create({ name: 'other', carrierId: ids.physnet1, vlanRanges: [{ min: 150, max: 151 }] }),
  )
  expect(error).toMatchObject({ code: 'conflict', rule: 'wire-vlan-ranges', field: 'vlanRanges' })
  expect(error.message).toContain('injected into a foreign network')
  expect(await temp.api.topology.lint()).toEqual([])
})

it('registers the VM as a host, and holds on to what it stands on', async () => {
  const bridgeMappings = [{ physicalNetworkId: ids.inner, bridge: 'br-eth1', nic: 'eth1' }]
  const { id } = await temp.api.hosts.register({ name: 'in1', ...access, port: 2222, roles: ['compute'], bridgeMappings, vmId: ids.vmId })
  expect((await temp.api.nestedUplinks.get({ id: ids.uplinkId })).innerHostId).toBe(id)
  expect(await callFailing(temp.api.nestedUplinks.remove({ id: ids.uplinkId }))).toMatchObject({
    rule: 'uplink-unused',
    objects: ['br-eth1'],
  })
  expect(await callFailing(temp.api.vms.remove({ id: ids.vmId }))).toMatchObject({ rule: 'vm-is-host', objects: ['in1'] })
  await temp.api.hosts.remove({ id })
  await temp.api.nestedUplinks.remove({ id: ids.uplinkId })
  expect(await callFailing(temp.api.nestedUplinks.get({ id: ids.uplinkId }))).toMatchObject({ code: 'not_found' })
})
