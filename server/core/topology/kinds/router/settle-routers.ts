// Where a router runs: one that is not distributed on a network host that carries all of its networks, on which it stays while that is possible. Its
// ports follow, in host and in owner, also when it becomes distributed or is no longer.

import { chooseNetworkHost, countLoads, type Loads } from '../../allocate/network-host'
import { findById, mapChanged } from '../../find'
import { isGatewayPort, isRouterPort, portsOfRouter } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Router } from './router'

export function settleRouters(topology: Topology): Topology {
  if (topology.routers.length === 0) return topology
  const loads = countLoads(topology.routers.map(({ hostId }) => hostId))
  const routers = mapChanged(topology.routers, (router) => {
    const hostId = chooseHost(topology, router, loads)
    if (hostId === router.hostId) return router
    loads.add(router.hostId, -1)
    loads.add(hostId, 1)
    return { ...router, hostId }
  })
  const ports = mapChanged(topology.ports, (port) => {
    const router = isRouterPort(port) ? findById(routers, port.deviceId) : null
    return router ? bind(port, router) : port
  })
  return routers === topology.routers && ports === topology.ports ? topology : { ...topology, routers, ports }
}

function chooseHost(topology: Topology, { id, isDistributed, hostId }: Router, loads: Loads): string | null {
  const networkIds = [...new Set(portsOfRouter(topology.ports, id).map(({ networkId }) => networkId))]
  if (isDistributed || networkIds.length === 0) return null
  const networks = networkIds.flatMap((networkId) => findById(topology.networks, networkId) ?? [])
  return chooseNetworkHost(topology, networks, hostId, loads)?.id ?? null
}

function bind(port: Port, { hostId, isDistributed }: Router): Port {
  const deviceOwner = isGatewayPort(port)
    ? port.deviceOwner
    : isDistributed
      ? 'network:router_interface_distributed'
      : 'network:router_interface'
  return port.hostId === hostId && port.deviceOwner === deviceOwner ? port : { ...port, hostId, deviceOwner }
}
