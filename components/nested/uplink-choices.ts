// To which wires a VM can still get a nested uplink, and why to none. Pure; the server has the last word.

import { traitsOf } from '@/server/core/agents/agent-traits'
import { agentWords } from '@/server/core/explain/agent'
import { findById } from '@/server/core/topology/find'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'

/** Those that its host has a bridge for, and that it has no uplink to yet. */
export function freeWires({ hosts, physicalNetworks, nestedUplinks }: Topology, vm: Vm): PhysicalNetwork[] {
  const host = findById(hosts, vm.hostId)
  if (!host || !traitsOf(host).hasProviderBridges) return []
  const taken = nestedUplinks.filter(({ vmId }) => vmId === vm.id).map(({ physicalNetworkId }) => physicalNetworkId)
  const mapped = host.bridgeMappings.map(({ physicalNetworkId }) => physicalNetworkId)
  return physicalNetworks.filter(({ id }) => mapped.includes(id) && !taken.includes(id))
}

/** null: there is a wire to choose. */
export function whyNoUplink(topology: Topology, vm: Vm): string | null {
  if (freeWires(topology, vm).length > 0) return null
  const host = findById(topology.hosts, vm.hostId)
  if (host && !traitsOf(host).hasProviderBridges)
    return `${host.name} has the ${agentWords[host.agentKind]} agent, and no provider bridge to plug an uplink into.`
  if (topology.nestedUplinks.some(({ vmId }) => vmId === vm.id)) return 'The VM has an uplink to every wire of its host.'
  return `${host?.name ?? 'Its host'} has no bridge to a physical network. Map one on the host's page first.`
}
