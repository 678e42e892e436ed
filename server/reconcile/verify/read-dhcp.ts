// The lease of a guest, from the file of its network's dnsmasq, wherever that runs.

import { readCommand } from '@/server/core/commands/command'
import { dhcpDirectory } from '@/server/core/naming'
import { parseLeases } from '@/server/core/parse/dnsmasq'
import { judgeDhcp } from '@/server/core/path/judge-dhcp'
import type { Endpoint } from '@/server/core/path/path'
import type { DhcpEvidence } from '@/server/core/path/verification'
import type { DhcpLease } from '@/server/core/host/dnsmasq'
import type { GuestReadiness } from './wait-for-guest'
import type { VerifyDeps } from './verify-deps'

export async function readDhcpEvidence(
  { topology, session }: Pick<VerifyDeps, 'topology' | 'session'>,
  endpoints: readonly Endpoint[],
  guests: ReadonlyMap<string, GuestReadiness>,
  signal: AbortSignal,
): Promise<DhcpEvidence[]> {
  const [first] = endpoints
  const server = topology.ports.find(({ networkId, deviceOwner, hostId }) => networkId === first?.networkId && deviceOwner === 'network:dhcp' && hostId !== null)
  const leases = first && server?.hostId ? await readLeases(session(server.hostId), first.networkId, signal) : null
  return endpoints.map((endpoint) => judgeDhcp(topology, endpoint, { leases, guestAddresses: guests.get(endpoint.portId)?.addresses ?? null }))
}

async function readLeases(session: ReturnType<VerifyDeps['session']>, networkId: string, signal: AbortSignal): Promise<readonly DhcpLease[] | null> {
  try {
    const result = await session.runOrThrow(readCommand(['cat', '--', `${dhcpDirectory(networkId)}/leases`]), { signal })
    return parseLeases(result.stdout).value
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}
