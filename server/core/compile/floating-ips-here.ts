// The floating IPs that a router translates on a host: all of a centralized one; of a distributed one those of VMs that run there.

import { findById } from '../topology/find'
import { agentGatewayPlace, floatingIpsOf } from '../topology/floating-ips'
import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import type { Router } from '../topology/kinds/router/router'
import type { HostScope } from './scope'

/** A floating IP as packets have it, and what is stored of it. */
export interface Associated {
  readonly id: string
  readonly floating: string
  readonly fixed: string
  readonly rulePriority: number | null
}

export const associatedHere = (scope: HostScope, router: Router): readonly Associated[] =>
  associated(
    scope,
    router,
    (floatingIp) => !router.isDistributed || agentGatewayPlace(scope.topology, floatingIp)?.hostId === scope.host.id,
  )

/** Those that the central part of a distributed router translates, as in Neutron: of ports that no VM has yet, such as an address that several VMs share. */
export const associatedCentrally = (scope: HostScope, router: Router): readonly Associated[] =>
  associated(scope, router, (floatingIp) => agentGatewayPlace(scope.topology, floatingIp) === null)

function associated(
  { topology }: HostScope,
  { id: routerId }: Router,
  isMeant: (floatingIp: FloatingIp) => boolean,
): readonly Associated[] {
  return floatingIpsOf(topology.floatingIps, routerId).flatMap((floatingIp) => {
    const { id, portId, fixedIpAddress: fixed, rulePriority } = floatingIp
    if (fixed === null || !isMeant(floatingIp)) return []
    const floating = findById(topology.ports, portId)?.fixedIps[0]?.ipAddress
    return floating === undefined ? [] : [{ id, floating, fixed, rulePriority }]
  })
}
