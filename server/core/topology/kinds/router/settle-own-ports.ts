// Ports that routers have in each subnet beside their interfaces, each with an address of its own: of the central part of a distributed router, and selectors
// of one that leads out by a gateway cluster. Made with the first need, kept while it lasts, gone with it. Their host is settled with the router's.

import type { Allocated } from '../../allocate/allocated'
import { needsCentralPart } from '../../central-part'
import { findById } from '../../find'
import { needsSelectors } from '../../gateway-clusters'
import type { IdSource } from '../../id-source'
import { interfacesOf, isCentralPort, isSelectorPort } from '../../router-ports'
import type { RuleParams } from '../../rule-params'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Port } from '../port/port'
import { allocateFixedIp } from '../subnet/fixed-ip'
import { makeRouterPort } from './make-router-port'
import type { Router } from './router'

interface OwnPorts {
  readonly deviceOwner: 'network:router_centralized_snat' | 'network:router_centralized_fip'
  readonly isOne: (port: Port) => boolean
  readonly isNeeded: (topology: Topology, router: Router) => boolean
  /** The subnet has no address left. */
  readonly rule: keyof Pick<RuleParams, 'router-snat-address' | 'router-selector-address'>
  readonly field: string
}

const CENTRAL: OwnPorts = {
  deviceOwner: 'network:router_centralized_snat',
  isOne: isCentralPort,
  isNeeded: needsCentralPart,
  rule: 'router-snat-address',
  field: 'gateway.isSnatEnabled',
}
const SELECTORS: OwnPorts = {
  deviceOwner: 'network:router_centralized_fip',
  isOne: isSelectorPort,
  isNeeded: (_, router) => needsSelectors(router),
  rule: 'router-selector-address',
  field: 'gatewayClusterId',
}

export function settleOwnPorts(topology: Topology, ids: IdSource): Allocated<Topology> {
  const central = settlePorts(topology, CENTRAL, ids)
  return central.ok ? settlePorts(central.value, SELECTORS, ids) : central
}

/** Where a router is to have one. */
interface Place {
  readonly router: Router
  readonly networkId: string
  readonly subnetId: string
}

function settlePorts(topology: Topology, own: OwnPorts, ids: IdSource): Allocated<Topology> {
  const { isOne } = own
  const places = placesOf(topology, own)
  const there = new Map(topology.ports.filter(isOne).map((port) => [keyOf(port.deviceId, port.fixedIps[0]?.subnetId), port]))
  const needed = new Set(places.map(({ router, subnetId }) => keyOf(router.id, subnetId)))
  const isLost = (port: Port): boolean => isOne(port) && !needed.has(keyOf(port.deviceId, port.fixedIps[0]?.subnetId))
  let next = topology.ports.some(isLost) ? { ...topology, ports: topology.ports.filter((port) => !isLost(port)) } : topology
  for (const place of places) {
    if (there.has(keyOf(place.router.id, place.subnetId))) continue
    const made = makePort(next, place, own, ids)
    if (!made.ok) return made
    next = { ...next, ports: [...next.ports, made.value] }
  }
  return { ok: true, value: next }
}

const keyOf = (routerId: string, subnetId: string | undefined): string => `${routerId} ${subnetId}`

const placesOf = (topology: Topology, { isNeeded }: OwnPorts): readonly Place[] =>
  topology.routers
    .filter((router) => isNeeded(topology, router))
    .flatMap((router) =>
      interfacesOf(topology.ports, router.id).flatMap(({ networkId, fixedIps }) =>
        fixedIps.map(({ subnetId }) => ({ router, networkId, subnetId })),
      ),
    )

/** Its address is none that a route of the router leads to: who has that is somebody whom no design knows of. */
function makePort(
  topology: Topology,
  { router, networkId, subnetId }: Place,
  { deviceOwner, rule, field }: OwnPorts,
  ids: IdSource,
): Allocated<Port> {
  const nextHops = router.routes.map(({ nexthop }) => ({ subnetId, ipAddress: nexthop }))
  const fixedIp = allocateFixedIp(topology, subnetId, nextHops)
  if (fixedIp.ok) return { ok: true, value: makeRouterPort(topology, router, deviceOwner, networkId, [fixedIp.value], ids) }
  const subnet = findById(topology.subnets, subnetId)
  const values = { router: router.name, subnet: subnet?.name ?? subnetId, cidr: subnet?.cidr ?? '' }
  return { ok: false, violation: conflict(rule, field, values, [router.name, values.subnet]) }
}
