// An address of the pools of a gateway cluster that nobody has: no port of the design, and no floating IP of another cloud.

import type { Allocated } from '../../allocate/allocated'
import { isPoolIn } from '../../gateway-clusters'
import { subnetsOfNetwork } from '../../lookup'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Port } from '../port/port'
import { lowestIn, takenIn } from '../subnet/fixed-ip'
import type { GatewayCluster } from './gateway-cluster'

export function poolAddress(topology: Topology, cluster: GatewayCluster, field = 'floatingIpPools'): Allocated<Port['fixedIps'][number]> {
  for (const subnet of subnetsOfNetwork(topology.subnets, cluster.networkId)) {
    const pools = cluster.floatingIpPools.filter((pool) => isPoolIn(pool, subnet))
    const free = pools.length > 0 ? lowestIn(subnet, pools, takenIn(topology, subnet.id)) : null
    if (free) return { ok: true, value: free }
  }
  return { ok: false, violation: conflict('gateway-pools-exhausted', field, { cluster: cluster.name }, [cluster.name]) }
}
