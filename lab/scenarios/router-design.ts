// The designs of the router scenarios: a router between two networks of one type, in each of them a VM on a host of its own, and where it leads out, an
// external network: the one in which the lab's outside client and gateway are.

import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { FloatingIpMode } from '@/server/core/topology/kinds/router/router'
import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { eraseNetwork, registerHosts, type HostAgents } from './design'
import { drawCluster } from './gateway-design'
import type { LabGuest } from './guest'
import { drawVm } from './trunk-design'

const SIDES = [
  { name: 'blue', host: 'cmp1', cidr: '10.0.41.0/24' },
  { name: 'green', host: 'cmp2', cidr: '10.0.42.0/24' },
] as const
const EXTERNAL = { cidr: '203.0.113.0/24', gatewayIp: '203.0.113.1', pool: { start: '203.0.113.100', end: '203.0.113.199' } } as const

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
  readonly externalId: string | null
  /** By which the router leads out. */
  readonly clusterId: string | null
}

export interface RouterSetup {
  readonly type: NetworkType
  readonly isDistributed: boolean
  readonly agents: HostAgents
  /** Has a gateway, and translates what leaves by it unless told otherwise. */
  readonly leadsOut: boolean
  readonly floatingIpMode?: FloatingIpMode
  readonly isSnatEnabled?: boolean
  /** Leads out by a gateway cluster; the lab has gateways. */
  readonly hasGateways?: boolean
}

export const distributed = { isDistributed: true, agents: { cmp1: 'openvswitch', cmp2: 'openvswitch' }, leadsOut: false } as const
/** Floating IPs alone lead out, and no network host is needed. */
export const distributedOut = { ...distributed, type: 'vxlan', leadsOut: true, isSnatEnabled: false } as const
export const distributedByHand = { ...distributedOut, floatingIpMode: 'by-hand' } as const
/** What has no floating IP leaves by the network host. */
export const distributedSnat = {
  type: 'vxlan',
  isDistributed: true,
  agents: { net1: 'openvswitch', cmp1: 'openvswitch', cmp2: 'openvswitch' },
  leadsOut: true,
} as const
/** Floating IPs and all that has none leave by a gateway cluster. The DHCP servers are on cmp2. */
export const distributedByCluster = {
  type: 'vxlan',
  isDistributed: true,
  agents: { cmp1: 'openvswitch', cmp2: 'openvswitch', gw1: 'openvswitch', gw2: 'openvswitch' },
  leadsOut: true,
  hasGateways: true,
} as const
/** Also for a Linux bridge host, which no distributed router serves. */
export const centralized = {
  type: 'vxlan',
  isDistributed: false,
  agents: { net1: 'openvswitch', cmp1: 'openvswitch', cmp2: 'linuxbridge' },
  leadsOut: true,
} as const

export async function drawRouterDesign(api: Api, lab: LabStatus, setup: RouterSetup): Promise<RouterDesign> {
  const hostIds = await registerHosts(api, lab, false, setup.agents)
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const [physicalNetwork] = await api.physicalNetworks.list()
  const drawSide = async ({ name, host, cidr }: (typeof SIDES)[number]): Promise<RouterSide> => {
    const physicalNetworkId = setup.type === 'vxlan' ? null : physicalNetwork!.id
    const { id: networkId } = await api.networks.create({ projectId, name, type: setup.type, physicalNetworkId })
    const { id: subnetId } = await api.subnets.create({ networkId, name, cidr })
    const vmId = await drawVm(api, lab, hostIds, { projectId, name: `vm-${name}`, host, nics: [{ networkId }] })
    const { ports } = (await api.topology.get()).topology
    const port = ports.find(({ deviceId }) => deviceId === vmId)!
    const guest = { lab: lab.name, host, vmId }
    return { networkId, subnetId, vmId, portId: port.id, address: port.fixedIps[0]!.ipAddress, guest }
  }
  const sides = [await drawSide(SIDES[0]), await drawSide(SIDES[1])] as const
  const externalId = setup.leadsOut ? await drawExternal(api, projectId, physicalNetwork!.id) : null
  const { isDistributed, floatingIpMode } = setup
  const gateway = externalId === null ? null : { networkId: externalId, isSnatEnabled: setup.isSnatEnabled ?? true }
  const clusterId = setup.hasGateways && externalId !== null ? await drawCluster(api, externalId, hostIds) : null
  const mode = clusterId === null ? { floatingIpMode } : { floatingIpMode: 'gateway' as const, gatewayClusterId: clusterId }
  const { id: routerId } = await api.routers.create({ projectId, name: 'r1', isDistributed, ...mode, gateway })
  for (const { subnetId } of sides) await api.routers.addInterface({ id: routerId, subnetId })
  return { hostIds, routerId, sides, externalId, clusterId }
}

export async function drawExternal(api: Api, projectId: string, physicalNetworkId: string): Promise<string> {
  const { id } = await api.networks.create({ projectId, name: 'outside', type: 'flat', physicalNetworkId, isExternal: true })
  const { cidr, gatewayIp, pool } = EXTERNAL
  await api.subnets.create({ networkId: id, name: 'outside', cidr, gatewayIp, isDhcpEnabled: false, allocationPools: [pool] })
  return id
}

export async function eraseRouterDesign(api: Api, { hostIds, routerId, sides, externalId, clusterId }: RouterDesign): Promise<void> {
  for (const { subnetId } of sides) await api.routers.removeInterface({ id: routerId, subnetId })
  await api.routers.remove({ id: routerId })
  if (clusterId !== null) await api.gatewayClusters.remove({ id: clusterId })
  for (const { vmId, networkId } of sides) await eraseNetwork(api, { vmIds: [vmId], networkId })
  if (externalId !== null) await eraseNetwork(api, { vmIds: [], networkId: externalId })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
