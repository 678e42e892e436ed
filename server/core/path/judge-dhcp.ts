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
  const port = topology.ports.find(({ id }) => id === endpoint.portId)
  const expected = port && dhcpAddress(topology, port)
  const lease = server?.leases?.find(({ macAddress }) => macAddress.toLowerCase() === endpoint.macAddress.toLowerCase())
  const addresses: Addresses = {
    expected: expected ?? null,
    leased: lease?.ipAddress ?? null,
    guest: guestAddresses && (guestAddresses.find((address) => address === expected) ?? guestAddresses[0] ?? null),
  }
  return {
    portId: port?.id ?? endpoint.id,
    label: endpoint.label,
    expectedAddress: addresses.expected,
    leasedAddress: addresses.leased,
    guestAddress: addresses.guest,
    ...judge(endpoint, server, addresses, guestAddresses !== null),
  }
}

interface Addresses {
  readonly expected: string | null
  readonly leased: string | null
  readonly guest: string | null
}

type Judged = Pick<DhcpEvidence, 'status' | 'finding'>

function judge(endpoint: Endpoint, server: DhcpServerFacts | null, addresses: Addresses, wasGuestAsked: boolean): Judged {
  const { networkName: network, label } = endpoint
  const { expected, leased, guest } = addresses
  if (!expected) return { status: 'unchecked', finding: { code: 'dhcp-not-served', params: { network, label } } }
  if (server?.isRunning === false) return { status: 'server-down', finding: serverDown(endpoint, server, leased, guest) }
  if (!server?.leases || (server.isPartlyRead && leased === null))
    return { status: 'unchecked', finding: { code: 'leases-unread', params: { network } } }
  return judgeAddresses(label, expected, leased, guest, wasGuestAsked)
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

function judgeAddresses(label: string, expected: string, leased: string | null, guest: string | null, wasAsked: boolean): Judged {
  if (leased === null) return { status: 'no-lease', finding: { code: 'no-lease', params: { label } } }
  if (leased !== expected) return { status: 'differs', finding: { code: 'lease-differs', params: { label, leased, expected } } }
  if (!wasAsked) return { status: 'agrees', finding: { code: 'lease-unasked', params: { label, leased } } }
  if (guest === null) return { status: 'differs', finding: { code: 'lease-unused', params: { label, leased } } }
  if (guest !== expected) return { status: 'differs', finding: { code: 'lease-not-used', params: { label, found: guest, expected } } }
  return { status: 'agrees', finding: { code: 'lease-used', params: { label, leased } } }
}
