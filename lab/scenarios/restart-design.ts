// The design of the restart scenario: a VXLAN and a VLAN network, both with DHCP from net1, and two VMs with a NIC in each, which get
// nested uplinks later; a distributed router leads out of the first, with a floating IP of the VM that is restarted, and with SNAT on net1 for the
// other. Every host has a restore unit.

import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { letEverybodyIn, registerHosts } from './design'
import { drawExternal } from './router-design'
import { drawVm } from './trunk-design'

export interface RestartDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly networkIds: readonly string[]
  readonly physicalNetworkId: string
  readonly vmIds: readonly [restarted: string, witness: string]
  readonly externalId: string
  readonly routerId: string
  readonly floatingIpId: string
}

/** The VM that is restarted along with its host, and the one that is not. */
export const RESTARTED = { vm: 'web-1', host: 'cmp1' } as const
export const WITNESS = { vm: 'web-2', host: 'cmp2' } as const

/** What the guests send over their uplinks: outside all VLANs of physnet1. */
export const INNER_VLAN = 1200

export async function drawRestartDesign(api: Api, lab: LabStatus): Promise<RestartDesign> {
  const hostIds = await registerHosts(api, lab, true)
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const network = async (type: 'vlan' | 'vxlan', cidr: string, hasGateway: boolean): Promise<string> => {
    const { id } = await api.networks.create({
      projectId,
      name: `${type} network`,
      type,
      physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id,
    })
    await api.subnets.create({ networkId: id, name: `${type} subnet`, cidr, ...(!hasGateway && { gatewayIp: null }) })
    return id
  }
  // One way out: a guest with two takes either.
  const networkIds = [await network('vxlan', '10.0.3.0/24', true), await network('vlan', '10.0.2.0/24', false)]
  const nics = networkIds.map((networkId) => ({ networkId }))
  const vm = ({ vm: name, host }: typeof RESTARTED | typeof WITNESS) => drawVm(api, lab, hostIds, { projectId, name, host, nics })
  const vmIds = [await vm(RESTARTED), await vm(WITNESS)] as const
  const externalId = await drawExternal(api, projectId, physicalNetwork!.id)
  const router = { projectId, name: 'router', isDistributed: true, gateway: { networkId: externalId } }
  const { id: routerId } = await api.routers.create(router)
  const { subnets, vms } = (await api.topology.get()).topology
  await api.routers.addInterface({ id: routerId, subnetId: subnets.find(({ networkId }) => networkId === networkIds[0])!.id })
  const [fixedPortId] = vms.find(({ id }) => id === vmIds[0])!.portIds
  const { id: floatingIpId } = await api.floatingIps.create({ projectId, networkId: externalId, fixedPortId: fixedPortId! })
  // The outside client is no member of their group.
  await letEverybodyIn(api)
  return { hostIds, networkIds, physicalNetworkId: physicalNetwork!.id, vmIds, externalId, routerId, floatingIpId }
}

export async function drawUplinks(api: Api, { vmIds, physicalNetworkId }: RestartDesign): Promise<void> {
  for (const vmId of vmIds) await api.nestedUplinks.create({ vmId, physicalNetworkId })
}

export async function eraseRestartDesign(api: Api, design: RestartDesign): Promise<void> {
  const { hostIds, networkIds, vmIds, externalId, routerId, floatingIpId } = design
  await api.floatingIps.remove({ id: floatingIpId })
  for (const { subnetId } of (await api.routers.get({ id: routerId })).interfaces.flatMap(({ fixedIps }) => fixedIps))
    await api.routers.removeInterface({ id: routerId, subnetId })
  await api.routers.remove({ id: routerId })
  for (const id of vmIds) await api.vms.remove({ id })
  const { topology } = await api.topology.get()
  for (const subnet of topology.subnets) await api.subnets.remove({ id: subnet.id })
  for (const id of [...networkIds, externalId]) await api.networks.remove({ id })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
