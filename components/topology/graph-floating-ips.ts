// Floating IPs in the logical view: counted at the network of which they are addresses, and named at the NIC that each leads to. Pure.

import { groupBy } from '@/server/core/group-by'
import type { FloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip'
import { labelFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import type { Topology } from '@/server/core/topology/topology'

import type { GraphFloatingIp, GraphNetwork, Mark } from './graph-parts'

type MarkOf = (id: string) => Mark

/** By the port that they lead to. */
export function floatingIpsByPort(topology: Topology, markOf: MarkOf): ReadonlyMap<string, readonly GraphFloatingIp[]> {
  const leading = topology.floatingIps.flatMap((floatingIp) => {
    const { id, networkId, fixedPortId } = floatingIp
    return fixedPortId === null ? [] : [{ fixedPortId, address: labelFloatingIp(topology, floatingIp), networkId, mark: markOf(id) }]
  })
  return groupBy(leading, ({ fixedPortId }) => fixedPortId)
}

export function countFloatingIps(floatingIps: readonly FloatingIp[], markOf: MarkOf): GraphNetwork['floatingIps'] {
  if (floatingIps.length === 0) return null
  const marks = new Set(floatingIps.map(({ id }) => markOf(id)))
  const [only = null] = marks
  return { count: floatingIps.length, mark: marks.size === 1 ? only : 'change' }
}
