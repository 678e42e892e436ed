// Which router translates a floating IP: one with an interface in the subnet of the fixed address, and its gateway in the external network.

import { findById } from '../../find'
import { forwardingsOf } from '../../port-forwardings'
import { interfacesInSubnet } from '../../router-ports'
import type { Topology } from '../../topology'
import type { PortForwarding } from '../port-forwarding/port-forwarding'
import type { Router } from '../router/router'
import type { FloatingIp } from './floating-ip'

type Association = Pick<FloatingIp, 'networkId' | 'fixedPortId' | 'fixedIpAddress' | 'routerId'>

/** The one that it has, while that still does; else the one at the gateway address of the subnet, or any. */
export function findRouter(topology: Topology, floatingIp: Association): Router | null {
  const subnetId = fixedSubnetId(topology, floatingIp)
  if (subnetId === null) return null
  const { ports, routers, subnets } = topology
  const ways = interfacesInSubnet(ports, subnetId).flatMap((port) => {
    const router = findById(routers, port.deviceId)
    return router?.gateway?.networkId === floatingIp.networkId ? [{ router, port }] : []
  })
  const gatewayIp = findById(subnets, subnetId)?.gatewayIp ?? null
  const isGateway = ({ port }: (typeof ways)[number]) => port.fixedIps.some(({ ipAddress }) => ipAddress === gatewayIp)
  const way = ways.find(({ router }) => router.id === floatingIp.routerId) ?? ways.find(isGateway) ?? ways[0]
  return way?.router ?? null
}

/** Of a port of the floating IP, as of one that leads there whole. */
export const findForwardingRouter = (topology: Topology, floatingIp: FloatingIp, forwarding: PortForwarding): Router | null =>
  findRouter(topology, { ...floatingIp, ...targetOf(forwarding) })

/** The one router of all port forwardings of the floating IP. */
export function findRouterOfForwardings(topology: Topology, floatingIp: FloatingIp): Router | null {
  for (const forwarding of forwardingsOf(topology.portForwardings, floatingIp.id)) {
    const router = findForwardingRouter(topology, floatingIp, forwarding)
    if (router) return router
  }
  return null
}

/** Its end, as that of a floating IP. */
export const targetOf = ({ internalPortId, internalIpAddress }: PortForwarding) => ({
  fixedPortId: internalPortId,
  fixedIpAddress: internalIpAddress,
})

/** null: it leads nowhere, or to an address that the port does not have. */
export const fixedSubnetId = (
  { ports }: Pick<Topology, 'ports'>,
  { fixedPortId, fixedIpAddress }: Pick<FloatingIp, 'fixedPortId' | 'fixedIpAddress'>,
): string | null => findById(ports, fixedPortId)?.fixedIps.find(({ ipAddress }) => ipAddress === fixedIpAddress)?.subnetId ?? null
