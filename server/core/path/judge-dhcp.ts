// DHCP of one guest: the server has given its port's address to its MAC, and the guest has that address. Both are read,
// neither is provoked: a verification does not renew anybody's lease.

import type { DhcpLease } from '../host/dnsmasq'
import type { Port, Topology } from '../topology/topology'
import type { Endpoint } from './path'
import type { DhcpEvidence } from './verification'

export interface DhcpFacts {
  /** Lease file of the network's server; null when it could not be read or there is no server. */
  readonly leases: readonly DhcpLease[] | null
  /** IPv4 addresses of the guest's NIC; null when the guest was not asked or did not answer. */
  readonly guestAddresses: readonly string[] | null
}

export function judgeDhcp(topology: Topology, endpoint: Endpoint, { leases, guestAddresses }: DhcpFacts): DhcpEvidence {
  const port = topology.ports.find(({ id }) => id === endpoint.portId)
  const expected = port && dhcpAddress(topology, port)
  const lease = leases?.find(({ macAddress }) => macAddress.toLowerCase() === endpoint.macAddress.toLowerCase())
  const guestAddress = guestAddresses?.find((address) => address === expected) ?? guestAddresses?.[0] ?? null
  const base = {
    portId: endpoint.portId,
    label: endpoint.label,
    expectedAddress: expected ?? null,
    leasedAddress: lease?.ipAddress ?? null,
    guestAddress,
  }
  if (!expected) return { ...base, status: 'not_checked', message: `No subnet of ${endpoint.networkName} serves ${endpoint.label} by DHCP` }
  if (leases === null) return { ...base, status: 'not_checked', message: `The leases of ${endpoint.networkName} could not be read` }
  return { ...base, ...judge(endpoint.label, expected, base.leasedAddress, guestAddresses === null ? null : guestAddress, guestAddresses !== null) }
}

/** The port's address in a subnet that has DHCP; null where none has. */
function dhcpAddress({ subnets }: Topology, { fixedIps }: Port): string | null {
  const served = new Set(subnets.filter(({ isDhcpEnabled }) => isDhcpEnabled).map(({ id }) => id))
  return fixedIps.find(({ subnetId }) => served.has(subnetId))?.ipAddress ?? null
}

function judge(label: string, expected: string, leased: string | null, guest: string | null, wasAsked: boolean): Pick<DhcpEvidence, 'status' | 'message'> {
  if (leased === null) return { status: 'no_lease', message: `The server has no lease for ${label}` }
  if (leased !== expected) return { status: 'address_differs', message: `The server leased ${leased} to ${label}, its port has ${expected}` }
  if (!wasAsked) return { status: 'ok', message: `The server leased ${expected} to ${label}; the guest was not asked` }
  if (guest === null) return { status: 'address_differs', message: `The server leased ${expected} to ${label}, but the guest has no address` }
  if (guest !== expected) return { status: 'address_differs', message: `${label} has ${guest}, its port has ${expected}` }
  return { status: 'ok', message: `${label} has its lease and uses ${expected}` }
}
