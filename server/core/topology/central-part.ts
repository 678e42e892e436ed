// The central part of a distributed router, Neutron's centralized SNAT: what has no floating IP leaves by one network host, whose namespace snat-<router>
// has the gateway and a port in each of the router's subnets.

import type { Router } from './kinds/router/router'
import { isCentralPort, isGatewayPort } from './router-ports'
import type { Port } from './kinds/port/port'
import type { Topology } from './topology'

/** One that leads out by a gateway cluster translates there. */
export const needsCentralPart = (_topology: Topology, { isDistributed, floatingIpMode, gateway }: Router): boolean =>
  isDistributed && floatingIpMode !== 'gateway' && gateway !== null && gateway.isSnatEnabled

/** Whether a port of a router stands where its central part does, and not wherever the router is. */
export const isInCentralPart = (router: Router, port: Pick<Port, 'deviceOwner'>): boolean =>
  isCentralPort(port) || (router.isDistributed && isGatewayPort(port))
