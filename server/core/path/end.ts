// How an end of a path is asked for: by the id of a port, by that of a floating IP, which stands for the port that it leads to, or, of somebody
// outside, by his address.

import { findById } from '../topology/find'
import { isLinkLocal, isReserved, isUnicast, parseIpv4 } from '../topology/ipv4'
import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'

/** Written as an address, whether one can be outside with it or not. */
export const isAddress = (end: string): boolean => parseIpv4(end) !== null

/** One host can have it, and others reach it by a route. */
export function mayBeOutside(address: string): boolean {
  const value = parseIpv4(address)
  return value !== null && isUnicast(value) && !isLinkLocal(value) && !isReserved(value)
}

export const floatingIpAt = ({ floatingIps }: Topology, end: string): FloatingIp | null => findById(floatingIps, end)

/** null: outside, not there, or a floating IP that leads nowhere. */
export function portAt(topology: Topology, end: string): Port | null {
  const floatingIp = floatingIpAt(topology, end)
  return findById(topology.ports, floatingIp ? floatingIp.fixedPortId : end)
}
