// The design that the tests are about, and the ids it got.

import { api } from './api'
import type { HostName } from './lab'

interface SampleVm {
  readonly name: string
  readonly host: HostName
}

export const sample = {
  project: 'shop',
  physicalNetwork: 'physnet1',
  network: 'blue',
  subnet: 'blue-v4',
  cidr: '10.0.5.0/24',
  /** Not of the sample itself: what nobody applies (given.ts). */
  router: 'first-router',
  external: 'first-outside',
  floatingIp: '203.0.113.77',
  vms: [
    { name: 'web-1', host: 'cmp1' },
    { name: 'web-2', host: 'cmp2' },
  ] as const satisfies readonly [SampleVm, SampleVm],
} as const

export type VmName = (typeof sample.vms)[number]['name']

const DEVICE_ID_LENGTH = 11

/** What the console allocated for a VM of the sample. */
export async function readVm(name: VmName) {
  const { topology } = await api.topology.get.query()
  const vm = topology.vms.find((candidate) => candidate.name === name)
  const port = topology.ports.find(({ id }) => vm?.portIds.includes(id))
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  const localVlan = topology.localVlans.find(({ hostId, networkId }) => hostId === vm?.hostId && networkId === network?.id)
  if (!vm || !port || !network || !localVlan) throw new Error(`the design has no whole VM ${name}`)
  const device = port.id.slice(0, DEVICE_ID_LENGTH)
  return {
    portId: port.id,
    groupId: port.securityGroupIds?.[0] ?? '',
    macAddress: port.macAddress,
    ipAddress: port.fixedIps[0]?.ipAddress ?? '',
    vni: network.segmentationId ?? 0,
    localVlan: localVlan.vlan,
    tap: `tap${device}`,
    qbr: `qbr${device}`,
    qvb: `qvb${device}`,
    qvo: `qvo${device}`,
  }
}
