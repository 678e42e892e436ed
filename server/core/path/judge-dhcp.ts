// DHCP of one guest: the server has given its port's address to its MAC, and the guest has that address. Both are read,
// neither is provoked: a verification does not renew anybody's lease.

import type { Coded } from '../finding'
import type { DhcpLease } from '../host/dnsmasq'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import type { Endpoint } from './path'
import type { DhcpParams } from './verdict-params'
import type { DhcpEvidence } from './verification'

export interface DhcpServerFacts {
  readonly hostName: string
  /** Its lease file; null when it could not be read. */
  readonly leases: readonly DhcpLease[] | null
  /** Lines of it were not understood: a lease that is not among the others may be one of these. */
  readonly isPartlyRead?: boolean
  /** null: not known. */
  readonly isRunning: boolean | null
}

export interface DhcpFacts {
  /** null when there is none. */
  readonly server: DhcpServerFacts | null
  /** IPv4 addresses of the guest's NIC; null when the guest was not asked or did not answer. */
  readonly guestAddresses: readonly string[] | null
}

export function judgeDhcp(topology: Topology, endpoint: Endpoint, { server, guestAddresses }: DhcpFacts): DhcpEvidence {
  const leases = server?.leases ?? null
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
  if (!expected)
    return {
      ...base,
      status: 'not_checked',
      finding: { code: 'dhcp-not-served', params: { network: endpoint.networkName, label: endpoint.label } },
    }
  if (server?.isRunning === false)
    return { ...base, status: 'server_down', finding: serverDown(endpoint, server, base.leasedAddress, guestAddress) }
  if (leases === null || (server?.isPartlyRead && !lease))
    return { ...base, status: 'not_checked', finding: { code: 'leases-unread', params: { network: endpoint.networkName } } }
  return {
    ...base,
    ...judge(endpoint.label, expected, base.leasedAddress, guestAddresses === null ? null : guestAddress, guestAddresses !== null),
  }
}

/** What it leased once may be in use still: traffic passes until the lease ends. */
function serverDown(
  { label, networkName }: Endpoint,
  { hostName }: DhcpServerFacts,
  leased: string | null,
  guest: string | null,
): Coded<DhcpParams> {
  const kept = guest === leased ? guest : null
  return { code: 'dhcp-server-down', params: { network: networkName, host: hostName, label, kept } }
}

/** The port's address in a subnet that has DHCP; null where none has. */
function dhcpAddress({ subnets }: Topology, { fixedIps }: Port): string | null {
  const served = new Set(subnets.filter(({ isDhcpEnabled }) => isDhcpEnabled).map(({ id }) => id))
  return fixedIps.find(({ subnetId }) => served.has(subnetId))?.ipAddress ?? null
}

function judge(
  label: string,
  expected: string,
  leased: string | null,
  guest: string | null,
  wasAsked: boolean,
): Pick<DhcpEvidence, 'status' | 'finding'> {
  if (leased === null) return { status: 'no_lease', finding: { code: 'no-lease', params: { label } } }
  if (leased !== expected) return { status: 'address_differs', finding: { code: 'lease-differs', params: { label, leased, expected } } }
  if (!wasAsked) return { status: 'ok', finding: { code: 'lease-unasked', params: { label, leased } } }
  if (guest === null) return { status: 'address_differs', finding: { code: 'lease-unused', params: { label, leased } } }
  if (guest !== expected)
    return { status: 'address_differs', finding: { code: 'lease-not-used', params: { label, found: guest, expected } } }
  return { status: 'ok', finding: { code: 'lease-used', params: { label, leased } } }
}
