// What a guest is asked to do so that each of its interfaces on a trunk says something: one ping to a neighbour of the port's own
// network, and one to a link-local address that nobody has. Answers do not matter; ARP and neighbour solicitations carry the
// VLAN id and the MAC that are looked at.

import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import type { GuestInterface } from './audit'
import type { PatchPair } from './patch-pair'

/** Sent as neighbour solicitation even by an interface without an IPv4 address. */
const NOBODY = 'fe80::1'
/** As many guests under emulation can run at once. */
const MAX_INTERFACES = 256
/** Constant text; pairs of interface and address are its arguments. */
const PROBE = 'while [ $# -gt 1 ]; do ping -c 2 -W 1 -I "$1" "$2" >/dev/null 2>&1 & shift 2; done; wait'

export function probeCommand(topology: Topology, pairs: readonly PatchPair[], interfaces: readonly GuestInterface[]): readonly string[] {
  const targets = interfaces.slice(0, MAX_INTERFACES).flatMap(({ name, vlan }) => {
    const port = pairs.find(({ guestVlan }) => guestVlan === vlan)?.port
    const neighbour = port && neighbourOf(topology, port)
    return [...(neighbour ? [name, neighbour] : []), name, NOBODY]
  })
  return ['sh', '-c', PROBE, 'sh', ...targets]
}

/** Another port of the subnet, or its gateway. */
function neighbourOf({ ports, subnets }: Topology, { id, networkId, fixedIps }: Port): string | null {
  const subnetIds = new Set(fixedIps.map(({ subnetId }) => subnetId))
  const others = ports.filter((port) => port.networkId === networkId && port.id !== id).flatMap((port) => port.fixedIps)
  const gateways = subnets.filter((subnet) => subnetIds.has(subnet.id)).flatMap(({ gatewayIp }) => gatewayIp ?? [])
  return others.find(({ subnetId }) => subnetIds.has(subnetId))?.ipAddress ?? gateways[0] ?? null
}
