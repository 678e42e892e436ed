// Where the end of a path is that is no guest: the namespace of a DHCP server or of a router, and the device in it.

import type { InsidePlace } from '../compile/agent-driver'
import { driverOf } from '../compile/agent-drivers'
import { dhcpNamespace, routerDevice, routerNamespace, snatNamespace } from '../naming'
import { isInCentralPart } from '../topology/central-part'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import { isCentralPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { PathSide } from './path-side'

/** null for a guest. */
export function endPlaceOf({
  endpoint,
  host,
  port,
  network,
  topology,
}: Pick<PathSide, 'endpoint' | 'host' | 'port' | 'network' | 'topology'>): InsidePlace | null {
  if (endpoint.kind === 'dhcp') return { netns: dhcpNamespace(network.id), device: driverOf(host).dhcpDevice(port) }
  return endpoint.kind === 'router' ? { netns: namespaceOf(topology, port), device: routerDevice(port) } : null
}

/** Of somebody else's router only what its ports are called tells. */
function namespaceOf({ routers }: Topology, port: Port): string {
  const router = findById(routers, port.deviceId)
  const isCentral = router ? isInCentralPart(router, port) : isCentralPort(port)
  return isCentral ? snatNamespace(port.deviceId) : routerNamespace(port.deviceId)
}
