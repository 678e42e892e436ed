// The overview page's numbers, from the design, the records of runs and verifications, and the conductor's view of hosts.

import type { Overview, OverviewHost } from '@/server/core/api-types'
import { countObjects } from '@/server/core/topology/counts'
import { countActions, diffTopology } from '@/server/core/topology/changes'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { AppContext } from './app-context'

export async function describeOverview(ctx: AppContext): Promise<Overview> {
  const { store } = ctx
  const [{ topology, base }, lastRun, lastVerification] = await Promise.all([
    store.loadDesign(),
    store.runs.latest(),
    store.verifications.latest(),
  ])
  return {
    counts: countObjects(topology),
    hosts: await Promise.all(topology.hosts.map((host) => describeOverviewHost(ctx, host))),
    revision: base.number,
    pendingChanges: countActions(diffTopology(base.topology, topology)),
    lastRun,
    lastVerification,
  }
}

async function describeOverviewHost({ conductor }: AppContext, host: Host): Promise<OverviewHost> {
  const { id, name, roles, isPrepared, isReadOnly } = host
  return { id, name, roles, isPrepared, isReadOnly, health: await conductor.hostHealth(id) }
}
