// The design of the fast test of Linux bridge: one VM whose NIC is a trunk. Parent, subports and the network that comes later are of all
// three types, so that its one tap leads to every kind of way out. DHCP comes from the host with Open vSwitch.

import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { Api } from './console-under-test'
import { haltKernel } from '../topology'
import type { StandInSubPort } from './stand-in'
import { GUEST_VLANS } from './trunk-design'

export type PortName = 'parent' | 'red' | 'blue' | 'late'
type PerPort<Value> = Readonly<Record<PortName, Value>>

export interface LinuxBridgeDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly networkIds: PerPort<string>
  /** Of the VM's trunk. */
  readonly portIds: PerPort<string>
  readonly macs: PerPort<string>
  /** Of each network's DHCP server. */
  readonly servers: PerPort<{ readonly portId: string; readonly address: string }>
  readonly trunkId: string
  readonly vmId: string
}

/** In the flat network the lab's outside client and gateway already use the first addresses. */
const NETWORKS: PerPort<{
  readonly type: NetworkType
  readonly cidr: string
  readonly pool?: { readonly start: string; readonly end: string }
}> = {
  parent: { type: 'flat', cidr: '203.0.113.0/24', pool: { start: '203.0.113.100', end: '203.0.113.199' } },
  red: { type: 'vxlan', cidr: '10.0.11.0/24' },
  blue: { type: 'vlan', cidr: '10.0.12.0/24' },
  late: { type: 'vxlan', cidr: '10.0.13.0/24' },
}

export async function drawLinuxBridgeDesign(
  api: Api,
  hostIds: Readonly<Record<string, string>>,
  hostName: string,
): Promise<LinuxBridgeDesign> {
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const network = async (name: PortName): Promise<string> => {
    const { type, cidr, pool } = NETWORKS[name]
    const { id } = await api.networks.create({ projectId, name, type, physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id })
    await api.subnets.create({ networkId: id, name: `${name} subnet`, cidr, allocationPools: pool ? [pool] : null })
    return id
  }
  const networkIds = await perPort(network)
  const portIds = await perPort(async (name) => (await api.ports.create({ name, networkId: networkIds[name] })).id)
  const subPorts = (['red', 'blue'] as const).map((name) => ({
    portId: portIds[name],
    segmentationType: 'vlan',
    segmentationId: GUEST_VLANS[name],
  }))
  const { id: trunkId } = await api.trunks.create({ projectId, name: 'trunk', portId: portIds.parent, subPorts })
  const boot = { kind: 'kernel', kernel: haltKernel, initrd: haltKernel, cmdline: '' } as const
  const { id: vmId } = await api.vms.create({
    projectId,
    name: 'trunk-vm',
    hostId: hostIds[hostName]!,
    nics: [{ portId: portIds.parent }],
    memoryMib: 64,
    vcpus: 1,
    boot,
  })
  const ports = await api.ports.list({})
  const macs = await perPort(async (name) => ports.find(({ id }) => id === portIds[name])!.macAddress)
  const servers = await perPort(async (name) => {
    const server = ports.find(({ networkId, deviceOwner }) => networkId === networkIds[name] && deviceOwner === 'network:dhcp')!
    return { portId: server.id, address: server.fixedIps[0]!.ipAddress }
  })
  return { hostIds, networkIds, portIds, macs, servers, trunkId, vmId }
}

export const subPortOf = ({ macs }: LinuxBridgeDesign, name: Exclude<PortName, 'parent'>): StandInSubPort => ({
  vlan: GUEST_VLANS[name],
  macAddress: macs[name],
})

export async function eraseLinuxBridgeDesign(api: Api, { vmId, trunkId, portIds, networkIds, hostIds }: LinuxBridgeDesign): Promise<void> {
  await api.vms.remove({ id: vmId })
  await api.trunks.remove({ id: trunkId })
  for (const id of Object.values(portIds)) await api.ports.remove({ id })
  for (const { id } of (await api.topology.get()).topology.subnets) await api.subnets.remove({ id })
  for (const id of Object.values(networkIds)) await api.networks.remove({ id })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}

/** One after the other: the lowest free id is taken. */
async function perPort<Value>(of: (name: PortName) => Promise<Value>): Promise<PerPort<Value>> {
  return { parent: await of('parent'), red: await of('red'), blue: await of('blue'), late: await of('late') }
}
