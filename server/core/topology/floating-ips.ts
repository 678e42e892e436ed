// Floating IPs and their ports: who has which, and where a distributed router needs a port of its host's own to translate them.

import { findById } from './find'
import { lookupBy } from './lookup'
import type { FloatingIp } from './kinds/floating-ip/floating-ip'
import type { Port } from './kinds/port/port'
import type { Topology } from './topology'

type Owned = Pick<Port, 'deviceOwner'>

/** Has the address of a floating IP, and stands nowhere. */
export const isFloatingIpPort = ({ deviceOwner }: Owned): boolean => deviceOwner === 'network:floatingip'
/** By which a host answers for the floating IPs on it in an external network (Neutron's floating IP agent gateway). */
export const isAgentGateway = ({ deviceOwner }: Owned): boolean => deviceOwner === 'network:floatingip_agent_gateway'
/** Either. */
export const isFloatingPort = (port: Owned): boolean => isFloatingIpPort(port) || isAgentGateway(port)

/** Those that lead to the port with that id. */
export const floatingIpsTo = lookupBy<FloatingIp>(({ fixedPortId }, add) => {
  if (fixedPortId !== null) add(fixedPortId)
})
/** Those that the router with that id translates. */
export const floatingIpsOf = lookupBy<FloatingIp>(({ routerId }, add) => {
  if (routerId !== null) add(routerId)
})

export interface AgentGatewayPlace {
  readonly hostId: string
  readonly networkId: string
}

/** Where the packets of a distributed router's floating IP come and go: on the host of its VM. null: they do not, or elsewhere, as by a gateway cluster. */
export function agentGatewayPlace(
  { ports, routers }: Topology,
  { networkId, fixedPortId, routerId }: FloatingIp,
): AgentGatewayPlace | null {
  const router = findById(routers, routerId)
  if (!router?.isDistributed || router.floatingIpMode === 'gateway') return null
  const hostId = hostOfVmPort(findById(ports, fixedPortId))
  return hostId === null ? null : { hostId, networkId }
}

/** Where the VM runs whose port it is. null: nobody's, or nowhere. */
export const hostOfVmPort = (port: Pick<Port, 'deviceOwner' | 'hostId'> | null): string | null =>
  port?.deviceOwner === 'compute:nova' || port?.deviceOwner === 'trunk:subport' ? port.hostId : null

/** One for each host and external network, in the order of the floating IPs. */
export function agentGatewayPlaces(topology: Topology): readonly AgentGatewayPlace[] {
  const places = topology.floatingIps.flatMap((floatingIp) => agentGatewayPlace(topology, floatingIp) ?? [])
  return [...new Map(places.map((place) => [placeKey(place), place])).values()]
}

/** The ports that go when only those floating IPs are left. */
export function agentGatewaysLost(topology: Topology, isLeft: (floatingIp: FloatingIp) => boolean): readonly Port[] {
  const gateways = topology.ports.filter(isAgentGateway)
  if (gateways.length === 0) return gateways
  const needed = new Set(agentGatewayPlaces({ ...topology, floatingIps: topology.floatingIps.filter(isLeft) }).map(placeKey))
  return gateways.filter((port) => !needed.has(placeKey(port)))
}

export const placeKey = ({ hostId, networkId }: Pick<Port, 'hostId' | 'networkId'>): string => `${hostId} ${networkId}`
