// The ports of the central parts of distributed routers: one in each subnet that a router with such a part joins, with an address of its own. Made with
// the first need, kept while it lasts, gone with it. Their host is settled with the router's.

import type { Allocated } from '../../allocate/allocated'
import { needsCentralPart } from '../../central-part'
import { findById } from '../../find'
import type { IdSource } from '../../id-source'
import { interfacesOf, isCentralPort } from '../../router-ports'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Port } from '../port/port'
import { allocateFixedIp } from '../subnet/fixed-ip'
import { makeRouterPort } from './make-router-port'
import type { Router } from './router'

/** Where a router is to have one. */
interface Place {
  readonly router: Router
  readonly networkId: string
  readonly subnetId: string
}

export function settleCentralPorts(topology: Topology, ids: IdSource): Allocated<Topology> {
  const places = centralPlaces(topology)
  const there = new Map(topology.ports.filter(isCentralPort).map((port) => [keyOf(port.deviceId, port.fixedIps[0]?.subnetId), port]))
  const needed = new Set(places.map(({ router, subnetId }) => keyOf(router.id, subnetId)))
  const isLost = (port: Port): boolean => isCentralPort(port) && !needed.has(keyOf(port.deviceId, port.fixedIps[0]?.subnetId))
  let next = topology.ports.some(isLost) ? { ...topology, ports: topology.ports.filter((port) => !isLost(port)) } : topology
  for (const place of places) {
    if (there.has(keyOf(place.router.id, place.subnetId))) continue
    const made = makeCentralPort(next, place, ids)
    if (!made.ok) return made
    next = { ...next, ports: [...next.ports, made.value] }
  }
  return { ok: true, value: next }
}

const keyOf = (routerId: string, subnetId: string | undefined): string => `${routerId} ${subnetId}`

const centralPlaces = (topology: Topology): readonly Place[] =>
  topology.routers
    .filter((router) => needsCentralPart(topology, router))
    .flatMap((router) =>
      interfacesOf(topology.ports, router.id).flatMap(({ networkId, fixedIps }) =>
        fixedIps.map(({ subnetId }) => ({ router, networkId, subnetId })),
      ),
    )

/** Its address is none that a route of the router leads to: who has that is somebody whom no design knows of. */
function makeCentralPort(topology: Topology, { router, networkId, subnetId }: Place, ids: IdSource): Allocated<Port> {
  const nextHops = router.routes.map(({ nexthop }) => ({ subnetId, ipAddress: nexthop }))
  const fixedIp = allocateFixedIp(topology, subnetId, nextHops)
  if (fixedIp.ok)
    return { ok: true, value: makeRouterPort(topology, router, 'network:router_centralized_snat', networkId, [fixedIp.value], ids) }
  const subnet = findById(topology.subnets, subnetId)
  const values = { router: router.name, subnet: subnet?.name ?? subnetId, cidr: subnet?.cidr ?? '' }
  return { ok: false, violation: conflict('router-snat-address', 'gateway.isSnatEnabled', values, [router.name, values.subnet]) }
}
