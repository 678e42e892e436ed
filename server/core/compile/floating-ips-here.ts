// The floating IPs that a router translates on a host: all of a centralized one; of a distributed one those of VMs that run there.

import { findById } from '../topology/find'
import { agentGatewayPlace, floatingIpsOf } from '../topology/floating-ips'
import type { Router } from '../topology/kinds/router/router'
import type { HostScope } from './scope'

/** A floating IP as packets have it, and what is stored of it. */
export interface Associated {
  readonly id: string
  readonly floating: string
  readonly fixed: string
  readonly rulePriority: number | null
}

export function associatedHere({ topology, host }: HostScope, { id: routerId, isDistributed }: Router): readonly Associated[] {
  return floatingIpsOf(topology.floatingIps, routerId).flatMap((floatingIp) => {
    const { id, portId, fixedIpAddress: fixed, rulePriority } = floatingIp
    if (fixed === null) return []
    if (isDistributed && agentGatewayPlace(topology, floatingIp)?.hostId !== host.id) return []
    const floating = findById(topology.ports, portId)?.fixedIps[0]?.ipAddress
    return floating === undefined ? [] : [{ id, floating, fixed, rulePriority }]
  })
}
