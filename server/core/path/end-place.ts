// Where the end of a path is that is no guest: the namespace of a DHCP server or of a router, and the device in it.

import type { InsidePlace } from '../compile/agent-driver'
import { driverOf } from '../compile/agent-drivers'
import { dhcpNamespace, routerDevice, routerNamespace } from '../naming'
import type { PathSide } from './path-side'

/** null for a guest. */
export function endPlaceOf({
  endpoint,
  host,
  port,
  network,
}: Pick<PathSide, 'endpoint' | 'host' | 'port' | 'network'>): InsidePlace | null {
  if (endpoint.kind === 'dhcp') return { netns: dhcpNamespace(network.id), device: driverOf(host).dhcpDevice(port) }
  return endpoint.kind === 'router' ? { netns: routerNamespace(port.deviceId), device: routerDevice(port) } : null
}
