// The interfaces of a router: ports in its subnets. One comes with a subnet, whose gateway address it has, or is a port that was there; either goes with
// the interface, as in Neutron.

import type { Allocated } from '../../allocate/allocated'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import { floatingIpsOf } from '../../floating-ips'
import type { IdSource } from '../../id-source'
import { portsWithAddress, subPortOf, trunkOfParent } from '../../lookup'
import { forwardingsOf, forwardingsTo } from '../../port-forwardings'
import { interfacesOf } from '../../router-ports'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { fixedSubnetId, targetOf } from '../floating-ip/floating-ip-route'
import type { Port } from '../port/port'
import { labelPort } from '../port/port-label'
import type { PortForwarding } from '../port-forwarding/port-forwarding'
import { labelForwarding } from '../port-forwarding/port-forwarding-label'
import { checkNoFloatingIp, checkPort } from '../port/port-rules'
import { makeRouterPort, takeAsInterface } from './make-router-port'
import type { Router } from './router'
import { checkTunnelled } from './router-cluster-rules'
import type { InterfaceChoice } from './router-input'
import { checkDistribution, checkRouterRoutes, checkSubnets } from './router-rules'

type Edit = TopologyEdit<{ id: string }>

export function addInterface(id: string, choice: InterfaceChoice, ids: IdSource): Edit {
  return (topology) => {
    const router = findById(topology.routers, id)
    if (!router) return refused(missing('router', 'id'))
    const port = chooseInterface(topology, router, choice, ids)
    if (!port.ok) return refused(port.violation)
    const next = { ...topology, ports: put(topology.ports, port.value) }
    const field = choice.portId == null ? 'subnetId' : 'portId'
    const violations = [
      ...checkPort(next, port.value),
      ...checkSubnets(next, router, field),
      ...checkDistribution(next, router, field),
      ...checkTunnelled(next, router, field),
      ...checkRouterRoutes(next, router),
    ].map((violation) => ({ ...violation, field }))
    return settle(next, violations, { id }, ids)
  }
}

function chooseInterface(topology: Topology, router: Router, { subnetId, portId }: InterfaceChoice, ids: IdSource): Allocated<Port> {
  if ((subnetId == null) === (portId == null)) return failed(invalid('router-interface-given', 'subnetId', {}))
  return subnetId == null ? takePort(topology, router, portId) : makeInterface(topology, router, subnetId, ids)
}

function makeInterface(topology: Topology, router: Router, subnetId: string, ids: IdSource): Allocated<Port> {
  const subnet = findById(topology.subnets, subnetId)
  if (!subnet) return failed(missing('subnet', 'subnetId'))
  const { gatewayIp: ipAddress, name } = subnet
  if (ipAddress === null) return failed(conflict('router-interface-gateway', 'subnetId', { subnet: name }, [name]))
  const [taken] = portsWithAddress(topology.ports, { subnetId, ipAddress })
  // That it is in the subnet already is a rule of its own.
  if (taken && taken.deviceId !== router.id) {
    const port = labelPort(topology, taken)
    return failed(conflict('router-interface-taken', 'subnetId', { address: ipAddress, subnet: name, port }, [port]))
  }
  const fixedIps = [{ subnetId, ipAddress }]
  return { ok: true, value: makeRouterPort(topology, router, 'network:router_interface', subnet.networkId, fixedIps, ids) }
}

function takePort(topology: Topology, router: Router, portId: string | null | undefined): Allocated<Port> {
  const port = findById(topology.ports, portId)
  if (!port) return failed(missing('port', 'portId'))
  const label = labelPort(topology, port)
  const isUsed = port.deviceOwner !== '' || port.deviceId !== '' || trunkOfParent(topology.trunks, port.id) || subPortOf(topology, port.id)
  if (isUsed) return failed(conflict('router-interface-port-used', 'portId', { port: label }, [label]))
  const [held] = checkNoFloatingIp(topology, port, 'portId')
  if (held) return failed(held)
  const forwardings = labelsOf(topology, forwardingsTo(topology.portForwardings, port.id))
  if (forwardings.length > 0)
    return failed(conflict('router-interface-port-forwarded', 'portId', { port: label, forwardings }, forwardings))
  const count = port.fixedIps.length
  if (count !== 1) return failed(conflict('router-interface-port-address', 'portId', { port: label, count }, [label]))
  return { ok: true, value: takeAsInterface(router, port) }
}

export function removeInterface(id: string, choice: InterfaceChoice, ids: IdSource): Edit {
  return (topology) => {
    const router = findById(topology.routers, id)
    if (!router) return refused(missing('router', 'id'))
    const { subnetId, portId } = choice
    if ((subnetId == null) === (portId == null)) return refused(invalid('router-interface-given', 'subnetId', {}))
    const port = interfacesOf(topology.ports, id).find(
      (each) => each.id === portId || each.fixedIps.some((fixedIp) => fixedIp.subnetId === subnetId),
    )
    const field = portId == null ? 'subnetId' : 'portId'
    if (!port) return refused(conflict('router-interface-of-router', field, { router: router.name }, [router.name]))
    const next = { ...topology, ports: othersThan(topology.ports, port) }
    const violations = [...checkRoutesLeft(next, router, field), ...checkFloatingIpsLeft(topology, router, port, field)]
    return settle(next, violations, { id }, ids)
  }
}

/** Routes that lead through an interface keep it, as in Neutron. */
function checkRoutesLeft(next: Topology, router: Router, field: string): Violation[] {
  const lost = new Set(checkRouterRoutes(next, router).map((violation) => Number(violation.field?.split('.')[1])))
  const routes = router.routes.filter((_, index) => lost.has(index))
  return routes.length > 0 ? [conflict('router-interface-in-use', field, { router: router.name, routes }, [router.name])] : []
}

/** So do floating IPs whose address is behind it, and single ports of them. */
function checkFloatingIpsLeft(topology: Topology, router: Router, { fixedIps }: Port, field: string): Violation[] {
  const isBehind = (target: Parameters<typeof fixedSubnetId>[1]): boolean => {
    const subnetId = fixedSubnetId(topology, target)
    return fixedIps.some((fixedIp) => fixedIp.subnetId === subnetId)
  }
  const own = floatingIpsOf(topology.floatingIps, router.id)
  const floatingIps = own.filter(isBehind).map((each) => labelFloatingIp(topology, each))
  const forwarded = own.flatMap(({ id }) => forwardingsOf(topology.portForwardings, id)).filter((each) => isBehind(targetOf(each)))
  const forwardings = labelsOf(topology, forwarded)
  const { name } = router
  return [
    ...(floatingIps.length === 0 ? [] : [conflict('router-interface-floating-ips', field, { router: name, floatingIps }, floatingIps)]),
    ...(forwardings.length === 0 ? [] : [conflict('router-interface-forwardings', field, { router: name, forwardings }, forwardings)]),
  ]
}

const labelsOf = (topology: Topology, forwardings: readonly PortForwarding[]): string[] =>
  forwardings.map((each) => labelForwarding(topology, each))
const failed = (violation: Violation) => ({ ok: false as const, violation })
