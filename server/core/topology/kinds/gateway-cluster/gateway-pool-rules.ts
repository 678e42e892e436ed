// Rules of the pools of a gateway cluster: addresses of its external network that are given to floating IPs of routers that lead out by it, and to members
// for SNAT. Nobody but the cluster announces them.

import { findById, isOther } from '../../find'
import { isPoolIn } from '../../gateway-clusters'
import { type AddressRange, doRangesOverlap, isInRange, parseIpv4 } from '../../ipv4'
import { subnetsOfNetwork } from '../../lookup'
import type { Pool } from '../../rule-values'
import type { Topology } from '../../topology'
import { conflict, invalid, type Violation } from '../../violation'
import { readPool } from '../subnet/read-pool'
import type { Subnet } from '../subnet/subnet'
import type { GatewayCluster } from './gateway-cluster'

export function checkFloatingIpPools(topology: Topology, cluster: GatewayCluster): Violation[] {
  const { floatingIpPools: pools } = cluster
  if (pools.length === 0) return [invalid('gateway-pools-none', 'floatingIpPools', {})]
  return pools.flatMap((pool, index) => {
    const field = `floatingIpPools.${index}`
    const range = readPool(pool)
    if (!range) return [invalid('address-form', field, { of: 'pool' })]
    if (range.first > range.last) return [invalid('pool-order', field, { pool })]
    const earlier = pools.slice(0, index).find((other) => doesOverlap(range, other))
    if (earlier) return [invalid('pool-overlap', field, { earlier, pool })]
    return [...checkPlace(topology, cluster, pool, range, field), ...checkAlone(topology, cluster, pool, range, field)]
  })
}

const doesOverlap = (range: AddressRange, pool: Pool): boolean => {
  const other = readPool(pool)
  return other !== null && doRangesOverlap(range, other)
}

function checkPlace(topology: Topology, cluster: GatewayCluster, pool: Pool, range: AddressRange, field: string): Violation[] {
  const subnet = subnetsOfNetwork(topology.subnets, cluster.networkId).find((each) => isPoolIn(pool, each))
  if (!subnet) {
    const network = findById(topology.networks, cluster.networkId)?.name ?? cluster.networkId
    return [conflict('gateway-pool-subnet', field, { pool, network }, [network])]
  }
  return [...checkAddresses(cluster, subnet, pool, range, field), ...checkStraddles(subnet, pool, range, field)]
}

function checkAddresses({ peers }: GatewayCluster, { gatewayIp }: Subnet, pool: Pool, range: AddressRange, field: string): Violation[] {
  const inside = (address: string | null) => address !== null && isInRange(range, parseIpv4(address) ?? -1)
  if (gatewayIp !== null && inside(gatewayIp)) return [invalid('gateway-pool-address', field, { pool, address: gatewayIp, is: 'gateway' })]
  const peer = peers.find(({ address }) => inside(address))
  return peer ? [invalid('gateway-pool-address', field, { pool, address: peer.address, is: 'peer' })] : []
}

/** Part of it would be given to others by itself, and the rest not: nobody means that. */
function checkStraddles({ name, allocationPools }: Subnet, pool: Pool, range: AddressRange, field: string): Violation[] {
  const straddled = allocationPools.find((each) => {
    const other = readPool(each)
    return other !== null && doRangesOverlap(range, other) && (range.first < other.first || range.last > other.last)
  })
  return straddled ? [conflict('gateway-pool-straddles', field, { pool, allocationPool: straddled, subnet: name }, [name])] : []
}

function checkAlone({ gatewayClusters }: Topology, cluster: GatewayCluster, pool: Pool, range: AddressRange, field: string): Violation[] {
  return gatewayClusters
    .filter((each) => isOther(cluster)(each) && each.networkId === cluster.networkId)
    .flatMap((each) => each.floatingIpPools.filter((other) => doesOverlap(range, other)).map((other) => ({ other, cluster: each.name })))
    .slice(0, 1)
    .map((clash) => conflict('gateway-pool-overlap', field, { pool, ...clash }, [clash.cluster]))
}
