// The lease of a guest, from the file of its network's dnsmasq, wherever that runs, and whether it does run: a guest that has an
// address keeps it without a server, until its lease ends.

import { readCommand } from '@/server/core/commands/command'
import { dhcpDirectory } from '@/server/core/naming'
import { parseLeases } from '@/server/core/parse/dnsmasq'
import { ARGUMENT_END } from '@/server/core/parse/process-line'
import { type DhcpServerFacts, judgeDhcp } from '@/server/core/path/judge-dhcp'
import type { Endpoint } from '@/server/core/path/path'
import type { DhcpEvidence } from '@/server/core/path/verification'
import { findById } from '@/server/core/topology/find'
import type { GuestReadiness } from './wait-for-guest'
import type { VerifyDeps } from './verify-deps'

type Deps = Pick<VerifyDeps, 'cloud' | 'session'>

/** $1: directory of the server. A pid is believed while its command line names the pid file: numbers are reused. */
const SCRIPT = `
cd "$1" || exit 3
[ ! -e leases ] || cat leases || exit 4
printf '\\n@@\\n'
read -r pid <pid && read -r stat <"/proc/$pid/stat" || exit 0
# Stopped by a signal it serves nobody.
case $stat in *') T '*) exit 0 ;; esac
tr '\\000' '\\037' <"/proc/$pid/cmdline"
exit 0
`

/** By network, as far as the design has one there. */
export type DhcpServers = ReadonlyMap<string, DhcpServerFacts>

/** Of the networks that these are in. */
export async function readDhcpServers(deps: Deps, endpoints: readonly Endpoint[], signal: AbortSignal): Promise<DhcpServers> {
  const networkIds = [...new Set(endpoints.map(({ networkId }) => networkId))]
  const read = networkIds.map(async (id) => [id, await readDhcpServer(deps, id, signal)] as const)
  return new Map((await Promise.all(read)).flatMap(([id, server]) => (server ? [[id, server] as const] : [])))
}

/** null: there is no server in the design. */
async function readDhcpServer(
  { cloud: { topology }, session }: Deps,
  networkId: string,
  signal: AbortSignal,
): Promise<DhcpServerFacts | null> {
  const port = topology.ports.find((each) => each.networkId === networkId && each.deviceOwner === 'network:dhcp' && each.hostId !== null)
  const host = findById(topology.hosts, port?.hostId ?? null)
  if (!host) return null
  const directory = dhcpDirectory(networkId)
  const unread: DhcpServerFacts = { hostName: host.name, leases: null, isRunning: null }
  try {
    const { stdout } = await session(host.id).runOrThrow(readCommand(['sh', '-c', SCRIPT, 'tapline-dhcp', directory]), { signal })
    const [leases = '', command] = stdout.split('\n@@\n')
    if (command === undefined) return unread
    const { value, unparsed } = parseLeases(leases)
    return {
      hostName: host.name,
      leases: value,
      isPartlyRead: unparsed.length > 0,
      isRunning: command.split(ARGUMENT_END).includes(`--pid-file=${directory}/pid`),
    }
  } catch (error) {
    if (signal.aborted) throw error
    return unread
  }
}

export const dhcpEvidence = (
  { cloud: { topology } }: Pick<Deps, 'cloud'>,
  servers: DhcpServers,
  endpoints: readonly Endpoint[],
  guests: ReadonlyMap<string, GuestReadiness>,
): DhcpEvidence[] =>
  endpoints.map((endpoint) => {
    const guestAddresses = guests.get(endpoint.id)?.addresses ?? null
    return judgeDhcp(topology, endpoint, { server: servers.get(endpoint.networkId) ?? null, guestAddresses })
  })

/** It had an address before, or nobody can give it one. */
export function hasNoAddressComing(servers: DhcpServers, { networkId, macAddress }: Endpoint): boolean {
  const server = servers.get(networkId)
  if (!server) return false
  return server.isRunning === false || (server.leases ?? []).some((lease) => lease.macAddress.toLowerCase() === macAddress.toLowerCase())
}
