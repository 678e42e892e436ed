// The sample design on a real store: lawful, pending, and made only once.

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LabHost, LabStatus } from '@/lab/types'
import { seedSampleDesign } from '@/prisma/seed/sample-design'
import { checkTopology } from '@/server/core/topology/testing/check-topology'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
beforeEach(async () => {
  temp = await openTempStore()
})
afterEach(() => temp.remove())

const labHost = (name: string, number: number, role: 'network' | 'compute', fingerprint: string): LabHost => ({
  name,
  kind: 'namespace',
  ready: true,
  problems: [],
  ssh: { address: '127.0.0.1', port: 2200 + number, user: 'root', privateKeyPath: '/lab/key', hostKeyFingerprint: fingerprint },
  roles: [role],
  tunnelAddress: `192.168.150.${number}`,
  tunnelPrefix: 24,
  tunnelNic: 'ens37',
  tunnelGateway: null,
  physicalNics: [{ physicalNetwork: 'physnet1', nic: 'ens38' }],
  spareNic: 'ens39',
  guestKernel: '/guest/vmlinuz',
  guestInitrd: '/guest/initrd.img',
})

const [firstKey, secondKey] = [`SHA256:${'a'.repeat(43)}`, `SHA256:${'b'.repeat(43)}`]
const lab = (fingerprint = firstKey): LabStatus => ({
  name: 'test',
  up: true,
  hosts: [
    labHost('net1', 11, 'network', fingerprint),
    labHost('cmp1', 12, 'compute', fingerprint),
    labHost('cmp2', 13, 'compute', fingerprint),
  ],
  outside: { name: 'outside', ready: true, problems: [], nic: 'eth0', addresses: [], gateway: '' },
  wire: { name: 'wire', ready: true, problems: [], segments: [] },
  fabric: null,
})

it('makes the hosts, two networks with DHCP and four VMs, and leaves them pending', async () => {
  await seedSampleDesign(temp.store, lab())
  const { topology, base } = await temp.store.loadDesign()
  const hostOf = (hostId: string | null) => topology.hosts.find(({ id }) => id === hostId)?.name
  expect(topology.vms.map((vm) => `${vm.name} on ${hostOf(vm.hostId)}`)).toEqual([
    'app-1 on cmp1',
    'app-2 on cmp2',
    'web-1 on cmp1',
    'web-2 on cmp2',
  ])
  expect(topology.networks.map(({ name, type, segmentationId, mtu }) => [name, type, segmentationId, mtu])).toEqual([
    ['blue', 'vxlan', 1, 1450],
    ['green', 'vlan', 100, 1500],
  ])
  expect(
    topology.ports
      .filter((port) => port.deviceOwner === 'network:dhcp')
      .map((port) => `${hostOf(port.hostId)} ${port.fixedIps[0]!.ipAddress}`)
      .sort(),
  ).toEqual(['net1 10.0.1.2', 'net1 10.0.2.2'])
  expect(topology.hosts.every((host) => host.isPrepared && host.datapathType === 'netdev')).toBe(true)
  expect(checkTopology(topology)).toEqual([])
  expect(base.number).toBe(0)
})

it('changes nothing the second time, but takes the new keys of a new lab', async () => {
  await seedSampleDesign(temp.store, lab())
  const before = await temp.store.loadTopology()
  await seedSampleDesign(temp.store, lab(secondKey))
  expect(await temp.store.loadTopology()).toEqual(before)
  const { id } = before.hosts[0]!
  expect((await temp.store.hosts.describeAccess([id])).get(id)?.fingerprint).toBe(secondKey)
})
