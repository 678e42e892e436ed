// The design of a router scenario: a distributed router between two networks of one type, and in each of them a VM on a host of its own.

import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { computeHosts, eraseNetwork, registerHosts } from './design'
import type { LabGuest } from './guest'
import { drawVm } from './trunk-design'

const SIDES = [
  { name: 'blue', host: 'cmp1', cidr: '10.0.41.0/24' },
  { name: 'green', host: 'cmp2', cidr: '10.0.42.0/24' },
] as const

export interface RouterSide {
  readonly networkId: string
  readonly subnetId: string
  readonly vmId: string
  readonly portId: string
  readonly address: string
  readonly guest: LabGuest
}

export interface RouterDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly routerId: string
  readonly sides: readonly [RouterSide, RouterSide]
}

export async function drawRouterDesign(api: Api, lab: LabStatus, type: NetworkType): Promise<RouterDesign> {
  const hostIds = await registerHosts(api, computeHosts(lab))
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const [physicalNetwork] = await api.physicalNetworks.list()
  const drawSide = async ({ name, host, cidr }: (typeof SIDES)[number]): Promise<RouterSide> => {
    const physicalNetworkId = type === 'vxlan' ? null : physicalNetwork!.id
    const { id: networkId } = await api.networks.create({ projectId, name, type, physicalNetworkId })
    const { id: subnetId } = await api.subnets.create({ networkId, name, cidr })
    const vmId = await drawVm(api, lab, hostIds, { projectId, name: `vm-${name}`, host, nics: [{ networkId }] })
    const { ports } = (await api.topology.get()).topology
    const port = ports.find(({ deviceId }) => deviceId === vmId)!
    const guest = { lab: lab.name, host, vmId }
    return { networkId, subnetId, vmId, portId: port.id, address: port.fixedIps[0]!.ipAddress, guest }
  }
  const sides = [await drawSide(SIDES[0]), await drawSide(SIDES[1])] as const
  const { id: routerId } = await api.routers.create({ projectId, name: 'r1', isDistributed: true })
  for (const { subnetId } of sides) await api.routers.addInterface({ id: routerId, subnetId })
  return { hostIds, routerId, sides }
}

export async function eraseRouterDesign(api: Api, { hostIds, routerId, sides }: RouterDesign): Promise<void> {
  for (const { subnetId } of sides) await api.routers.removeInterface({ id: routerId, subnetId })
  await api.routers.remove({ id: routerId })
  for (const { vmId, networkId } of sides) await eraseNetwork(api, { vmIds: [vmId], networkId })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
