// The ports of routers, the design's and somebody else's: a router is in a network where it has one.

import { findById } from './find'
import { lookupBy } from './lookup'
import type { Port } from './kinds/port/port'
import type { Router } from './kinds/router/router'
import type { Topology } from './topology'

type Owned = Pick<Port, 'deviceOwner'>

export const isRouterPort = ({ deviceOwner }: Owned): boolean => deviceOwner.startsWith('network:router_')
export const isGatewayPort = ({ deviceOwner }: Owned): boolean => deviceOwner === 'network:router_gateway'
/** By which the central part of a distributed router is in a subnet (central-part.ts). */
export const isCentralPort = ({ deviceOwner }: Owned): boolean => deviceOwner === 'network:router_centralized_snat'
/** By whose MAC hosts send to a gateway cluster (gateway-clusters.ts): it stands on none. */
export const isSelectorPort = ({ deviceOwner }: Owned): boolean => deviceOwner === 'network:router_centralized_fip'
export const isInterfacePort = ({ deviceOwner }: Owned): boolean => deviceOwner.startsWith('network:router_interface')

/** Of the router with that id, its gateway, its central part and its selectors among them. */
export const portsOfRouter = lookupBy<Port>((port, add) => {
  if (isRouterPort(port)) add(port.deviceId)
})
export const interfacesOf = (ports: readonly Port[], routerId: string): readonly Port[] =>
  portsOfRouter(ports, routerId).filter(isInterfacePort)

/** In the network with that id. */
const interfacesIn = lookupBy<Port>((port, add) => {
  if (isInterfacePort(port)) add(port.networkId)
})
/** With an address in the subnet with that id. */
export const interfacesInSubnet = lookupBy<Port>((port, add) => {
  if (isInterfacePort(port)) for (const { subnetId } of port.fixedIps) add(subnetId)
})

/** Not where they lead out: there they stand on no host. */
export function distributedRoutersIn({ ports, routers }: Pick<Topology, 'ports' | 'routers'>, networkId: string): readonly Router[] {
  const found = interfacesIn(ports, networkId).flatMap(({ deviceId }) => findById(routers, deviceId) ?? [])
  return [...new Set(found)].filter(({ isDistributed }) => isDistributed)
}
