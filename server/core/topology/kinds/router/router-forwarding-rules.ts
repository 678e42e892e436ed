// What port forwardings ask of the router that they have.

import { floatingIpsOf } from '../../floating-ips'
import { forwardingsOf, forwardingsTranslated } from '../../port-forwardings'
import type { Topology } from '../../topology'
import { conflict, type Violation } from '../../violation'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { labelForwarding } from '../port-forwarding/port-forwarding-label'
import type { Router } from './router'

export const checkForwarding = (topology: Topology, router: Router): Violation[] => [
  ...checkMode(topology, router),
  ...checkForwardedAddresses(topology, router),
]

/** Gateways translate whole addresses. */
function checkMode(topology: Topology, { id, name, floatingIpMode }: Router): Violation[] {
  if (floatingIpMode !== 'gateway') return []
  const forwardings = floatingIpsOf(topology.floatingIps, id)
    .flatMap((floatingIp) => forwardingsOf(topology.portForwardings, floatingIp.id))
    .map((each) => labelForwarding(topology, each))
  return forwardings.length === 0
    ? []
    : [conflict('router-gateway-mode-forwardings', 'floatingIpMode', { router: name, forwardings }, forwardings)]
}

/** On the host of a VM with a floating IP of its own, replies of a port forwarding would leave by that one. */
function checkForwardedAddresses(topology: Topology, { id, name, isDistributed }: Router): Violation[] {
  if (!isDistributed) return []
  const clashes = floatingIpsOf(topology.floatingIps, id).flatMap((floatingIp) => {
    const { fixedPortId, fixedIpAddress } = floatingIp
    const forwardings =
      fixedPortId === null || fixedIpAddress === null ? [] : forwardingsTranslated(topology, id, fixedPortId, fixedIpAddress)
    return forwardings.length === 0 ? [] : [{ floatingIp, forwardings }]
  })
  if (clashes.length === 0) return []
  const floatingIps = clashes.map(({ floatingIp }) => labelFloatingIp(topology, floatingIp))
  const forwardings = clashes.flatMap((each) => each.forwardings.map((forwarding) => labelForwarding(topology, forwarding)))
  return [
    conflict('router-distributed-forwardings', 'isDistributed', { router: name, floatingIps, forwardings }, [
      ...floatingIps,
      ...forwardings,
    ]),
  ]
}
