// Whether a host can carry a network: what must be true before a port of the network is bound there.

import { traitsOf } from '../../agents/agent-traits'
import { findById, quoted } from '../find'
import type { Host, Network, Topology } from '../topology'
import { conflict, missing, type Violation } from '../violation'

export function checkBinding(topology: Topology, networkId: string, hostId: string | null, field = 'hostId'): Violation[] {
  const network = findById(topology.networks, networkId)
  if (hostId === null || !network) return []
  const host = findById(topology.hosts, hostId)
  return host ? explainBinding(topology, network, host, field) : [missing('host', field)]
}

/** As a question, for choosing a host. */
export const canCarry = (topology: Topology, network: Network, host: Host): boolean =>
  explainBinding(topology, network, host, '').length === 0

function explainBinding(topology: Topology, network: Network, host: Host, field: string): Violation[] {
  const objects = [host.name, network.name]
  if (!host.isPrepared) {
    return [conflict('host-prepared', field, `Host ${quoted(host.name)} is not prepared: prepare it first, in the same design.`, [host.name])]
  }
  if (network.type === 'vxlan') {
    if (host.tunnel) return []
    return [conflict('tunnel-address', field, `Host ${quoted(host.name)} has no tunnel address, which the VXLAN network ${quoted(network.name)} needs.`, objects)]
  }
  const physical = findById(topology.physicalNetworks, network.physicalNetworkId)
  if (host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === physical?.id)) return []
  const sentence = `Host ${quoted(host.name)} has no ${traitsOf(host).hasProviderBridges ? 'bridge' : 'NIC'} for the physical network ${quoted(physical?.name ?? '')} of network ${quoted(network.name)}.`
  return [conflict('physical-network-mapped', field, sentence, [...objects, ...(physical ? [physical.name] : [])])]
}
