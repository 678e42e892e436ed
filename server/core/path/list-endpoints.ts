// What a path can start or end at, beside addresses outside: ports that are bound to a host and used by a VM, a DHCP server or a router, and
// floating IPs, each as the port that it leads to. `found` are those of them that
// no design knows of (found/with-found.ts). A distributed port is one endpoint, which names all its hosts until a path says which one is meant.

import { findById } from '../topology/find'
import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import { labelEnd } from '../topology/kinds/port/port-label'
import { isFloatingPort } from '../topology/floating-ips'
import { presenceOf } from '../topology/presence'
import { isRouterPort } from '../topology/router-ports'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import { floatingIpAt, portAt } from './end'
import type { Endpoint } from './path'

export function listEndpoints(topology: Topology, found?: ReadonlySet<string>): Endpoint[] {
  return [...topology.ports, ...topology.floatingIps]
    .flatMap(({ id }) => findEndpoint(topology, id, found) ?? [])
    .sort((left, right) => left.networkName.localeCompare(right.networkName) || left.label.localeCompare(right.label))
}

/** null for a port that is unknown, not bound, used by nothing, or there for floating IPs, and for a floating IP that leads to none. */
export function findEndpoint(topology: Topology, end: string, found?: ReadonlySet<string>): Endpoint | null {
  const port = portAt(topology, end)
  const network = findById(topology.networks, port?.networkId)
  if (!port || !network || port.deviceOwner === '' || isFloatingPort(port)) return null
  const hosts = presenceOf(topology).hostsOfPort(port.id)
  if (!hosts[0]) return null
  const floatingIp = floatingIpAt(topology, end)
  return {
    id: end,
    portId: port.id,
    label: labelEnd(topology, port, hosts),
    kind: kindOf(port),
    hostId: hosts[0].id,
    hostName: hosts.map(({ name }) => name).join(', '),
    networkId: network.id,
    networkName: network.name,
    macAddress: port.macAddress,
    ipAddress: floatingIp?.fixedIpAddress ?? port.fixedIps[0]?.ipAddress ?? null,
    ...(floatingIp && { floatingIp: { id: floatingIp.id, address: floatingAddress(topology, floatingIp) } }),
    ...(found?.has(port.id) && { isFound: true }),
  }
}

/** Its port's: each has one. */
export const floatingAddress = ({ ports }: Topology, { portId }: FloatingIp): string =>
  findById(ports, portId)?.fixedIps[0]?.ipAddress ?? ''

function kindOf(port: Port): Endpoint['kind'] {
  if (isRouterPort(port)) return 'router'
  return port.deviceOwner === 'network:dhcp' ? 'dhcp' : 'vm'
}
