// What a path can start or end at: ports that are bound to a host and used by a VM or by a DHCP server. `found` are those of them that
// no design knows of (found/with-found.ts).

import { labelEnd } from '../topology/labels'
import type { Topology } from '../topology/topology'
import type { Endpoint } from './path'

export function listEndpoints(topology: Topology, found?: ReadonlySet<string>): Endpoint[] {
  return topology.ports
    .flatMap((port) => findEndpoint(topology, port.id, found) ?? [])
    .sort((left, right) => left.networkName.localeCompare(right.networkName) || left.label.localeCompare(right.label))
}

/** null for a port that is unknown, not bound, or used by nothing. */
export function findEndpoint(topology: Topology, portId: string, found?: ReadonlySet<string>): Endpoint | null {
  const port = topology.ports.find(({ id }) => id === portId)
  const host = topology.hosts.find(({ id }) => id === port?.hostId)
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  if (!port || !host || !network || port.deviceOwner === '') return null
  return {
    portId,
    label: labelEnd(topology, port, host, network),
    kind: port.deviceOwner === 'network:dhcp' ? 'dhcp' : 'vm',
    hostId: host.id,
    hostName: host.name,
    networkId: network.id,
    networkName: network.name,
    macAddress: port.macAddress,
    ipAddress: port.fixedIps[0]?.ipAddress ?? null,
    ...(found?.has(portId) && { isFound: true }),
  }
}
