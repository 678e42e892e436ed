// Where a router runs: one that is not distributed on a network host that carries all of its networks, on which it stays while that is possible, and so
// the central part of a distributed one. Its ports follow, in host and in owner, also when it becomes distributed or is no longer.

import type { Allocated } from '../../allocate/allocated'
import { chooseNetworkHost, countLoads, type Loads } from '../../allocate/network-host'
import { isInCentralPart, needsCentralPart } from '../../central-part'
import { findById, mapChanged } from '../../find'
import type { IdSource } from '../../id-source'
import { canHoldCentralPart } from '../../rules/binding-rules'
import { isInterfacePort, isRouterPort, portsOfRouter } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Router } from './router'
import { settleOwnPorts } from './settle-own-ports'

export function settleRouters(candidate: Topology, ids: IdSource): Allocated<Topology> {
  if (candidate.routers.length === 0) return { ok: true, value: candidate }
  const own = settleOwnPorts(candidate, ids)
  if (!own.ok) return own
  const topology = own.value
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
  const isSame = routers === topology.routers && ports === topology.ports
  return { ok: true, value: isSame ? topology : { ...topology, routers, ports } }
}

function chooseHost(topology: Topology, router: Router, loads: Loads): string | null {
  const { id, isDistributed, hostId } = router
  const networkIds = [...new Set(portsOfRouter(topology.ports, id).map(({ networkId }) => networkId))]
  if ((isDistributed && !needsCentralPart(topology, router)) || networkIds.length === 0) return null
  const networks = networkIds.flatMap((networkId) => findById(topology.networks, networkId) ?? [])
  return chooseNetworkHost(topology, networks, hostId, loads, isDistributed ? canHoldCentralPart : undefined)?.id ?? null
}

function bind(port: Port, router: Router): Port {
  const deviceOwner = !isInterfacePort(port)
    ? port.deviceOwner
    : router.isDistributed
      ? 'network:router_interface_distributed'
      : 'network:router_interface'
  const hostId = router.isDistributed && !isInCentralPart(router, port) ? null : router.hostId
  return port.hostId === hostId && port.deviceOwner === deviceOwner ? port : { ...port, hostId, deviceOwner }
}
