// Rules of port forwardings (docs/reference/routers.md).

import { findById, isOther } from '../../find'
import { needsSelectors } from '../../gateway-clusters'
import { floatingIpsTo } from '../../floating-ips'
import { forwardingsOf } from '../../port-forwardings'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import type { FloatingIp } from '../floating-ip/floating-ip'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { findForwardingRouter } from '../floating-ip/floating-ip-route'
import { checkTarget, nameTarget, refuseWithoutWay } from '../floating-ip/floating-ip-target'
import type { Router } from '../router/router'
import type { PortForwarding } from './port-forwarding'
import { labelForwarding, labelOutside } from './port-forwarding-label'

const PORTS = { least: 1, most: 65_535 } as const
export const TARGET_FIELDS = { port: 'internalPortId', address: 'internalIpAddress' } as const

export function checkForwarding(topology: Topology, forwarding: PortForwarding): Violation[] {
  const floatingIp = findById(topology.floatingIps, forwarding.floatingIpId)
  const target = checkTarget(topology, { portId: forwarding.internalPortId, address: forwarding.internalIpAddress }, TARGET_FIELDS)
  return [
    ...(floatingIp ? checkFree(topology, floatingIp) : [missing('floatingIp', 'floatingIpId')]),
    ...checkPortNumber(forwarding.externalPort, 'externalPort'),
    ...checkPortNumber(forwarding.internalPort, 'internalPort'),
    ...target,
    ...(floatingIp && target.length === 0
      ? [...checkUnique(topology, floatingIp, forwarding), ...checkWay(topology, floatingIp, forwarding)]
      : []),
  ]
}

export const checkPortNumber = (port: number, field: string): Violation[] =>
  Number.isInteger(port) && port >= PORTS.least && port <= PORTS.most ? [] : [invalid('port-forwarding-port-range', field, PORTS)]

/** A floating IP leads to one port whole, or to many by single ports. */
function checkFree(topology: Topology, floatingIp: FloatingIp): Violation[] {
  if (floatingIp.fixedPortId === null) return []
  const values = { floatingIp: labelFloatingIp(topology, floatingIp), port: nameTarget(topology, floatingIp.fixedPortId) }
  return [conflict('port-forwarding-associated', 'floatingIpId', values, [values.port])]
}

function checkUnique(topology: Topology, floatingIp: FloatingIp, forwarding: PortForwarding): Violation[] {
  const others = othersOf(topology, forwarding).filter(({ protocol }) => protocol === forwarding.protocol)
  const sameOutside = others.find(({ externalPort }) => externalPort === forwarding.externalPort)
  const sameInside = others.find((each) => isSameEnd(each, forwarding))
  const label = (other: PortForwarding) => labelForwarding(topology, other)
  return [
    ...(sameOutside
      ? [
          conflict(
            'port-forwarding-external-unique',
            'externalPort',
            { outside: labelOutside(topology, forwarding), protocol: forwarding.protocol, forwarding: label(sameOutside) },
            [label(sameOutside)],
          ),
        ]
      : []),
    ...(sameInside
      ? [
          conflict(
            'port-forwarding-internal-unique',
            'internalPort',
            { floatingIp: labelFloatingIp(topology, floatingIp), forwarding: label(sameInside) },
            [label(sameInside)],
          ),
        ]
      : []),
  ]
}

const othersOf = ({ portForwardings }: Topology, forwarding: PortForwarding): readonly PortForwarding[] =>
  forwardingsOf(portForwardings, forwarding.floatingIpId).filter(isOther(forwarding))

const isSameEnd = (left: PortForwarding, right: PortForwarding): boolean =>
  left.internalPortId === right.internalPortId &&
  left.internalIpAddress === right.internalIpAddress &&
  left.internalPort === right.internalPort

/** One router has the address, and so forwards all of its ports. */
function checkWay(topology: Topology, floatingIp: FloatingIp, forwarding: PortForwarding): Violation[] {
  const { internalPortId: portId, internalIpAddress: address } = forwarding
  const router = findForwardingRouter(topology, floatingIp, forwarding)
  if (!router) return [refuseWithoutWay(topology, floatingIp.networkId, { portId, address }, TARGET_FIELDS)]
  if (needsSelectors(router)) {
    const values = { router: router.name, address, port: nameTarget(topology, portId) }
    return [conflict('port-forwarding-cluster', 'internalPortId', values, [router.name])]
  }
  const held = othersOf(topology, forwarding).length > 0 ? findById(topology.routers, floatingIp.routerId) : null
  if (held && held.id !== router.id) {
    const values = { floatingIp: labelFloatingIp(topology, floatingIp), router: held.name, address, port: nameTarget(topology, portId) }
    return [conflict('port-forwarding-router', 'internalPortId', values, [held.name])]
  }
  return [...checkMode(router), ...checkReplies(topology, router, forwarding)]
}

/** Gateways translate whole addresses. */
const checkMode = ({ name, floatingIpMode }: Router): Violation[] =>
  floatingIpMode === 'gateway' ? [conflict('port-forwarding-gateway-mode', 'floatingIpId', { router: name }, [name])] : []

/** Of a distributed router: the rule of the floating IP leads them out on the VM's own host, past who translates them back. Neutron refuses it, too. */
function checkReplies(
  topology: Topology,
  router: Router,
  { internalPortId: portId, internalIpAddress: address }: PortForwarding,
): Violation[] {
  const own = floatingIpsTo(topology.floatingIps, portId).find(
    ({ fixedIpAddress, routerId }) => fixedIpAddress === address && routerId === router.id,
  )
  if (!router.isDistributed || !own) return []
  const values = { address, port: nameTarget(topology, portId), router: router.name, floatingIp: labelFloatingIp(topology, own) }
  return [conflict('port-forwarding-own-floating-ip', 'internalPortId', values, [values.floatingIp])]
}
