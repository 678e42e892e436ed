// Who has the address of an extra route's next hop. Pure.

import type { TopologyIndex } from '@/components/lib/topology-index'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { portsOfRouter } from '@/server/core/topology/router-ports'

/** Of the networks that the router is in: the same address elsewhere is somebody else's. */
export function nextHopPort(index: TopologyIndex, { id }: Router, nexthop: string): Port | undefined {
  const networkIds = new Set(portsOfRouter(index.topology.ports, id).map(({ networkId }) => networkId))
  return [...networkIds].flatMap(index.portsOf).find(({ fixedIps }) => fixedIps.some(({ ipAddress }) => ipAddress === nexthop))
}
