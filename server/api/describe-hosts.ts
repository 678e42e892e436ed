// Views of hosts for the browser: the design joined with how a host is entered and what was last read of it.

import type { HostAccessSummary, HostDetail, HostInside, HostSummary } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { unknownHealth } from '@/server/core/host/host-health'
import { describeInside } from '@/server/core/host/inside'
import { describeRestore } from '@/server/core/restore/restore-state'
import { portsOnHost, vmsOnHost } from '@/server/core/topology/lookup'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'
import type { AppContext } from './app-context'
import { boundUnparsed } from './bound-unparsed'

/** Of a host whose access is not known any more; its health says so. The form to enter it anew starts from this, as a new one does. */
const unknownAccess: HostAccessSummary = { address: '', port: 22, user: 'root', authKind: 'agent', privateKeyPath: null, fingerprint: null }

export async function describeHosts(ctx: AppContext): Promise<HostSummary[]> {
  const { hosts, vms, ports } = await ctx.store.loadTopology()
  const describeReach = await loadReach(
    ctx,
    hosts.map(({ id }) => id),
  )
  return hosts.map((host) => ({
    host,
    ...describeReach(host.id),
    vmCount: vmsOnHost(vms, host.id).length,
    portCount: portsOnHost(ports, host.id).length,
  }))
}

/** How each of these hosts is entered, and whether that works. */
async function loadReach({ store, conductor }: AppContext, hostIds: readonly string[]) {
  const [access, health] = await Promise.all([store.hosts.describeAccess(hostIds), conductor.hostHealth(hostIds)])
  return (hostId: string): Pick<HostSummary, 'access' | 'health'> => ({
    access: access.get(hostId) ?? unknownAccess,
    health: health.get(hostId) ?? unknownHealth(null),
  })
}

export async function describeHost(ctx: AppContext, hostId: string): Promise<HostDetail> {
  const { topology, base } = await ctx.store.loadDesign()
  const host = requireHost(topology, hostId)
  const [describeReach, observation] = await Promise.all([loadReach(ctx, [hostId]), ctx.conductor.lastObservation(hostId)])
  return {
    host,
    ...describeReach(hostId),
    facts: observation?.facts ?? null,
    unparsed: boundUnparsed(observation?.unparsed ?? []),
    restore: describeRestore(observation, base, hostId),
    vms: [...vmsOnHost(topology.vms, hostId)],
    ports: [...portsOnHost(topology.ports, hostId)],
    localVlans: topology.localVlans.filter((local) => local.hostId === hostId),
  }
}

export async function describeHostInside({ store, conductor }: AppContext, hostId: string): Promise<HostInside> {
  const host = requireHost(await store.loadTopology(), hostId)
  return describeInside(host, await conductor.lastObservation(hostId))
}

function requireHost(topology: Topology, hostId: string): Host {
  const host = topology.hosts.find((each) => each.id === hostId)
  if (!host) throw new AppError('not_found', 'This host does not exist, or no longer.')
  return host
}
