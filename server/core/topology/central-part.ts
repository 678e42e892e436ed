// The central part of a distributed router, Neutron's centralized SNAT: what has no floating IP leaves by one network host, whose namespace snat-<router>
// has the gateway and a port in each of the router's subnets. Ports of floating IPs are forwarded there, too.

import { oncePer } from '../once-per'
import { findRouterOfForwardings } from './kinds/floating-ip/floating-ip-route'
import type { Router } from './kinds/router/router'
import { findById } from './find'
import { isCentralPort, isGatewayPort } from './router-ports'
import type { Port } from './kinds/port/port'
import type { Topology } from './topology'

/** One that leads out by a gateway cluster translates there. */
export const needsCentralPart = (topology: Topology, { id, isDistributed, floatingIpMode, gateway }: Router): boolean =>
  isDistributed && floatingIpMode !== 'gateway' && gateway !== null && (gateway.isSnatEnabled || forwardingRouters(topology).has(id))

/** Which that is follows from where the ports lead: what is stored of the floating IP is settled later. */
const forwardingRouters = oncePer((topology: Topology): ReadonlySet<string> => {
  const owners = new Set(topology.portForwardings.map(({ floatingIpId }) => floatingIpId))
  const found = [...owners].map((id) => {
    const floatingIp = findById(topology.floatingIps, id)
    return floatingIp && findRouterOfForwardings(topology, floatingIp)?.id
  })
  return new Set(found.flatMap((id) => id ?? []))
})

/** Whether a port of a router stands where its central part does, and not wherever the router is. */
export const isInCentralPart = (router: Router, port: Pick<Port, 'deviceOwner'>): boolean =>
  isCentralPort(port) || (router.isDistributed && isGatewayPort(port))
