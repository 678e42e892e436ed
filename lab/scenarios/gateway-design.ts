// A gateway cluster for the router scenarios: gw1 and gw2 lead the router out, with the lab's fabric router for a peer in the underlay and in the external network.

import type { LabStatus } from '../lab'
import { fabric, addressOf } from '../topology'
import type { Api } from './console-under-test'
import { computeHosts } from './design'

const POOL = { start: '203.0.113.150', end: '203.0.113.199' } as const
export const VIP = '192.168.200.1'
export const MEMBERS = ['gw1', 'gw2'] as const

/** cmp1 and cmp2, which are in two underlay subnets where gateways are, and these. */
export function gatewayLab(lab: LabStatus): LabStatus {
  const gateways = lab.hosts.filter(({ roles }) => roles.includes('gateway'))
  return { ...lab, hosts: [...computeHosts(lab).hosts, ...gateways] }
}

export async function drawCluster(api: Api, networkId: string, hostIds: Readonly<Record<string, string>>): Promise<string> {
  const [underlay, , outside] = fabric.legs
  const { id } = await api.gatewayClusters.create({
    name: 'cluster',
    networkId,
    vip: VIP,
    cloudId: 'scenario',
    localAs: 65_001,
    peers: [underlay, outside].map((leg) => ({ address: addressOf(leg), as: fabric.as })),
    floatingIpPools: [POOL],
    memberHostIds: MEMBERS.map((name) => hostIds[name]!),
  })
  return id
}
