// What a path can start or end at: ports that are bound to a host and used by a VM, a DHCP server or a router. `found` are those of them that
// no design knows of (found/with-found.ts). A distributed port is one endpoint, which names all its hosts until a path says which one is meant.

import { labelEnd } from '../topology/kinds/port/port-label'
import { isFloatingPort } from '../topology/floating-ips'
import { presenceOf } from '../topology/presence'
import { isRouterPort } from '../topology/router-ports'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import type { Endpoint } from './path'

export function listEndpoints(topology: Topology, found?: ReadonlySet<string>): Endpoint[] {
  return topology.ports
    .flatMap((port) => findEndpoint(topology, port.id, found) ?? [])
    .sort((left, right) => left.networkName.localeCompare(right.networkName) || left.label.localeCompare(right.label))
}

/** null for a port that is unknown, not bound, used by nothing, or there for floating IPs. */
export function findEndpoint(topology: Topology, portId: string, found?: ReadonlySet<string>): Endpoint | null {
  const port = topology.ports.find(({ id }) => id === portId)
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  if (!port || !network || port.deviceOwner === '' || isFloatingPort(port)) return null
  const hosts = presenceOf(topology).hostsOfPort(portId)
  if (!hosts[0]) return null
  return {
    portId,
    label: labelEnd(topology, port, hosts),
    kind: kindOf(port),
    hostId: hosts[0].id,
    hostName: hosts.map(({ name }) => name).join(', '),
    networkId: network.id,
    networkName: network.name,
    macAddress: port.macAddress,
    ipAddress: port.fixedIps[0]?.ipAddress ?? null,
    ...(found?.has(portId) && { isFound: true }),
  }
}

function kindOf(port: Port): Endpoint['kind'] {
  if (isRouterPort(port)) return 'router'
  return port.deviceOwner === 'network:dhcp' ? 'dhcp' : 'vm'
}
