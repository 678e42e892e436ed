// Whether a host can carry a network: what must be true before a port of the network is bound there.

import { traitsOf } from '../../agents/agent-traits'
import { findById } from '../find'
import type { Host } from '../kinds/host/host'
import type { Network } from '../kinds/network/network'
import type { Router } from '../kinds/router/router'
import { distributedRoutersIn, interfacesOf } from '../router-ports'
import type { Topology } from '../topology'
import { conflict, missing, type Violation } from '../violation'

export function checkBinding(topology: Topology, networkId: string, hostId: string | null, field = 'hostId'): Violation[] {
  const network = findById(topology.networks, networkId)
  if (hostId === null || !network) return []
  const host = findById(topology.hosts, hostId)
  return host ? checkServes(topology, network, host, field) : [missing('host', field)]
}

/** As a question, for choosing a host. */
export const canCarry = (topology: Topology, network: Network, host: Host): boolean => checkServes(topology, network, host, '').length === 0

/** Of a network of a distributed router, for the central part of that router alone: its ports there are served by no other router. */
export const canHoldCentralPart = (topology: Topology, network: Network, host: Host): boolean =>
  traitsOf(host).canDistributeRouters && checkCarries(topology, network, host, '').length === 0

/** A distributed router comes along wherever a port of one of its networks is. */
function checkServes(topology: Topology, network: Network, host: Host, field: string): Violation[] {
  const broken = checkCarries(topology, network, host, field)
  if (broken.length > 0) return broken
  return distributedRoutersIn(topology, network.id).flatMap((router) => checkStandsOn(topology, router, host, field))
}

/** Whether a distributed router may stand on a host, with all of its networks. */
export function checkStandsOn(topology: Topology, router: Router, host: Host, field: string): Violation[] {
  if (!traitsOf(host).canDistributeRouters)
    return [conflict('router-distributed-agent', field, { router: router.name, host: host.name }, [host.name, router.name])]
  const networkIds = new Set(interfacesOf(topology.ports, router.id).map(({ networkId }) => networkId))
  return [...networkIds].flatMap((id) => {
    const network = findById(topology.networks, id)
    return network ? checkCarries(topology, network, host, field) : []
  })
}

function checkCarries(topology: Topology, network: Network, host: Host, field: string): Violation[] {
  const objects = [host.name, network.name]
  if (!host.isPrepared) return [conflict('host-prepared', field, { host: host.name }, [host.name])]
  if (network.type === 'vxlan') {
    if (host.tunnel) return []
    return [conflict('tunnel-address', field, { host: host.name, network: network.name }, objects)]
  }
  const physical = findById(topology.physicalNetworks, network.physicalNetworkId)
  if (host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === physical?.id)) return []
  const wanted = {
    host: host.name,
    network: network.name,
    physicalNetwork: physical?.name ?? '',
    by: traitsOf(host).hasProviderBridges ? 'bridge' : 'nic',
  } as const
  return [conflict('physical-network-mapped', field, wanted, [...objects, ...(physical ? [physical.name] : [])])]
}
