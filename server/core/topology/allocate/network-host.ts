// The network host that serves something: the DHCP server of a network, or a router.

import { findById } from '../find'
import type { Host } from '../kinds/host/host'
import type { Network } from '../kinds/network/network'
import { canCarry } from '../rules/binding-rules'
import type { Topology } from '../topology'

/** How many a host serves already. */
export interface Loads {
  of(host: Host): number
  add(hostId: string | null, count: number): void
}

export function countLoads(hostIds: readonly (string | null)[]): Loads {
  const counts = new Map<string, number>()
  const add: Loads['add'] = (hostId, count) => {
    if (hostId !== null) counts.set(hostId, (counts.get(hostId) ?? 0) + count)
  }
  for (const hostId of hostIds) add(hostId, 1)
  return { of: ({ id }) => counts.get(id) ?? 0, add }
}

/** Stays where it is while that host carries all of the networks; otherwise the one that serves the fewest. */
export function chooseNetworkHost(
  topology: Topology,
  networks: readonly Network[],
  currentId: string | null,
  loads: Loads,
  carries: typeof canCarry = canCarry,
): Host | null {
  const canServe = (host: Host): boolean =>
    host.roles.includes('network') && host.isSchedulable && networks.every((network) => carries(topology, network, host))
  const current = findById(topology.hosts, currentId)
  if (current && canServe(current)) return current
  const byLoad = (a: Host, b: Host) => loads.of(a) - loads.of(b) || (a.name < b.name ? -1 : 1)
  return topology.hosts.filter(canServe).sort(byLoad)[0] ?? null
}
