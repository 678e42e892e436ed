// Gateway clusters and what hangs on them: the ports of members, the routers that lead out by a cluster, the addresses that are its to give.

import { isInRange, parseCidr, parseIpv4 } from './ipv4'
import { lookupBy } from './lookup'
import type { GatewayCluster, GatewayRecord } from './kinds/gateway-cluster/gateway-cluster'
import type { Port } from './kinds/port/port'
import type { Router } from './kinds/router/router'
import { readPool } from './kinds/subnet/read-pool'
import type { Subnet } from './kinds/subnet/subnet'
import type { Pool } from './rule-values'
import type { Topology } from './topology'

/** Of a member, in the external network. */
export const isMemberPort = ({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean => deviceOwner === 'network:gateway_member'

/** Of the cluster with that id. */
export const memberPortsOf = lookupBy<Port>((port, add) => {
  if (isMemberPort(port)) add(port.deviceId)
})

/** Routers that lead out by the cluster with that id. */
export const routersOfCluster = lookupBy<Router>((router, add) => {
  if (router.gatewayClusterId !== undefined) add(router.gatewayClusterId)
})

/** Whether the router leads out by a gateway cluster, and so has a selector in each of its subnets. */
export const needsSelectors = ({ isDistributed, floatingIpMode, gatewayClusterId, gateway }: Router): boolean =>
  isDistributed && floatingIpMode === 'gateway' && gatewayClusterId !== undefined && gateway !== null

/** Whether the cluster may give the address to a floating IP. */
export function isInPools({ floatingIpPools }: Pick<GatewayCluster, 'floatingIpPools'>, address: string): boolean {
  const value = parseIpv4(address)
  return value !== null && floatingIpPools.some((pool) => isInRange(readPool(pool) ?? EMPTY, value))
}

/** Of other clouds, with floating IPs of the external network with that id. */
export const recordsIn = (
  { gatewayClusters }: Pick<Topology, 'gatewayClusters'>,
  networkId: string | undefined,
): readonly GatewayRecord[] => gatewayClusters.flatMap((cluster) => (cluster.networkId === networkId ? cluster.importedRecords : []))

/** Whether the pool lies in that subnet. */
export function isPoolIn(pool: Pool, { cidr: text }: Pick<Subnet, 'cidr'>): boolean {
  const [range, cidr] = [readPool(pool), parseCidr(text)]
  return range !== null && cidr !== null && range.first >= cidr.usable.first && range.last <= cidr.usable.last
}

const EMPTY = { first: 1, last: 0 }
