// The overview page's numbers, from the design, the records of runs and verifications, and the conductor's view of hosts.

import type { Overview, OverviewHost } from '@/server/core/api-types'
import { unknownHealth } from '@/server/core/host/host-health'
import { countObjects } from '@/server/core/topology/counts'
import { countActions } from '@/server/core/topology/changes'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { AppContext } from './app-context'
import { describeDesign } from './describe'

export async function describeOverview(ctx: AppContext): Promise<Overview> {
  const { store } = ctx
  const [design, lastRun, lastVerification] = await Promise.all([store.loadDesign(), store.runs.latest(), store.verifications.latest()])
  const { topology, changes, revision } = describeDesign(design)
  return {
    counts: countObjects(topology),
    hosts: await describeOverviewHosts(ctx, topology.hosts),
    revision,
    pendingChanges: countActions(changes),
    lastRun,
    lastVerification,
  }
}

async function describeOverviewHosts({ conductor }: AppContext, hosts: readonly Host[]): Promise<readonly OverviewHost[]> {
  const health = await conductor.hostHealth(hosts.map(({ id }) => id))
  return hosts.map(({ id, name, roles, isPrepared, isReadOnly }) => ({
    id,
    name,
    roles,
    isPrepared,
    isReadOnly,
    health: health.get(id) ?? unknownHealth(null),
  }))
}
