// The fields of a router as people read them.

import { findById } from '../../find'
import { nameOf, type PrintedFields, yesNo } from '../../print-values'
import type { Topology } from '../../topology'
import type { FloatingIpMode, Router, RouterGateway } from './router'

/** How it leads floating IPs out. */
export const printedModes: Readonly<Record<FloatingIpMode, string>> = {
  dvr: 'as Neutron',
  'by-hand': 'by hand',
  gateway: 'by a gateway cluster',
}

/** One field per route, so that each that comes or goes reads as one change. */
export const printRouter = (router: Router, names: Topology): PrintedFields => ({
  name: router.name,
  project: nameOf(names.projects, router.projectId),
  'admin state': router.isAdminStateUp ? 'up' : 'down',
  distributed: yesNo(router.isDistributed),
  ...(router.isDistributed && { 'floating IPs': printedModes[router.floatingIpMode] }),
  ...(router.gatewayClusterId !== undefined && { 'gateway cluster': nameOf(names.gatewayClusters, router.gatewayClusterId) }),
  host: nameOf(names.hosts, router.hostId),
  gateway: router.gateway && printGateway(router.gateway, names),
  ...(router.gateway && { SNAT: yesNo(router.gateway.isSnatEnabled) }),
  ...Object.fromEntries(router.routes.map(({ destination, nexthop }) => [`route to ${destination}`, `by ${nexthop}`])),
})

function printGateway({ networkId, portId }: RouterGateway, names: Topology): string {
  const [fixedIp] = findById(names.ports, portId)?.fixedIps ?? []
  const network = nameOf(names.networks, networkId) ?? networkId
  return fixedIp ? `${fixedIp.ipAddress} in ${network}` : network
}
