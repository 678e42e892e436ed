// The design of the restart scenario: a VXLAN and a VLAN network, both with DHCP from net1, and two VMs with a NIC in each, which get
// nested uplinks later. Every host has a restore unit.

import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { registerHosts } from './design'
import { drawVm } from './trunk-design'

export interface RestartDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly networkIds: readonly string[]
  readonly physicalNetworkId: string
  readonly vmIds: readonly [restarted: string, witness: string]
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
  const network = async (type: 'vlan' | 'vxlan', cidr: string): Promise<string> => {
    const { id } = await api.networks.create({
      projectId,
      name: `${type} network`,
      type,
      physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id,
    })
    await api.subnets.create({ networkId: id, name: `${type} subnet`, cidr })
    return id
  }
  const networkIds = [await network('vxlan', '10.0.3.0/24'), await network('vlan', '10.0.2.0/24')]
  const nics = networkIds.map((networkId) => ({ networkId }))
  const vm = ({ vm: name, host }: typeof RESTARTED | typeof WITNESS) => drawVm(api, lab, hostIds, { projectId, name, host, nics })
  return { hostIds, networkIds, physicalNetworkId: physicalNetwork!.id, vmIds: [await vm(RESTARTED), await vm(WITNESS)] }
}

export async function drawUplinks(api: Api, { vmIds, physicalNetworkId }: RestartDesign): Promise<void> {
  for (const vmId of vmIds) await api.nestedUplinks.create({ vmId, physicalNetworkId })
}

export async function eraseRestartDesign(api: Api, { hostIds, networkIds, vmIds }: RestartDesign): Promise<void> {
  for (const id of vmIds) await api.vms.remove({ id })
  const { topology } = await api.topology.get()
  for (const subnet of topology.subnets) await api.subnets.remove({ id: subnet.id })
  for (const id of networkIds) await api.networks.remove({ id })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
