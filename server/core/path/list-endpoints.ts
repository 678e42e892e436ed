// What a path can start or end at: ports that are bound to a host and used by a VM or by a DHCP server. `found` are those of them that
// no design knows of (found/with-found.ts).

import { labelPort } from '../topology/find'
import type { Host, Network, Port, Topology, Vm } from '../topology/topology'
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
    label: labelOf(topology, port, host, network),
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

function labelOf(topology: Topology, port: Port, host: Host, network: Network): string {
  const { vms } = topology
  if (port.deviceOwner === 'network:dhcp') return `DHCP of ${network.name} on ${host.name}`
  const vm = vms.find(({ portIds }) => portIds.includes(port.id))
  if (port.deviceOwner === 'trunk:subport') return labelPort(topology, port)
  if (!vm) return port.name || port.id.slice(0, 8)
  return vm.portIds.length > 1 ? `${vm.name} ${guestNic(vm, port.id)}` : vm.name
}

/** NIC name in the guest: ports are plugged in order. */
export const guestNic = (vm: Vm | undefined, portId: string): string => `eth${Math.max(0, vm?.portIds.indexOf(portId) ?? 0)}`
