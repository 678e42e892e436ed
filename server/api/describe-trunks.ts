// Trunks with their state: the design joined with the last reading of each parent's host.

import type { TrunkDetail } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { explainTrunkState } from '@/server/core/explain/trunk'
import { findById } from '@/server/core/topology/find'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Topology } from '@/server/core/topology/topology'
import { trunkState } from '@/server/core/trunk/trunk-status'
import type { AppContext } from './app-context'

type Deps = Pick<AppContext, 'store' | 'conductor'>

export async function describeTrunks(deps: Deps, isWanted: (trunk: Trunk) => boolean): Promise<TrunkDetail[]> {
  const topology = await deps.store.loadTopology()
  const busy = await busyHosts(deps)
  return Promise.all(topology.trunks.filter(isWanted).map((trunk) => describe(deps, topology, trunk, busy)))
}

export async function describeTrunk(deps: Deps, id: string): Promise<TrunkDetail> {
  const [trunk] = await describeTrunks(deps, (each) => each.id === id)
  if (!trunk) throw new AppError('not_found', 'This trunk does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  return trunk
}

/** A trunk in ERROR takes no further subports; what is wrong is named (docs/reference/trunks.md). */
export async function assertTakesSubPorts(deps: Deps, id: string): Promise<void> {
  const trunk = await describeTrunk(deps, id)
  if (trunk.status !== 'ERROR') return
  const name = labelTrunk(await deps.store.loadTopology(), trunk)
  throw new AppError('conflict', `"${name}" is in ERROR and takes no subports: ${explainTrunkState(trunk)} Plan and apply to mend it.`, {
    rule: 'trunk-not-in-error',
    objects: [name],
  })
}

async function describe({ conductor }: Deps, topology: Topology, trunk: Trunk, busy: ReadonlySet<string>): Promise<TrunkDetail> {
  const host = findById(topology.hosts, findById(topology.ports, trunk.portId)?.hostId)
  const observation = host ? await conductor.lastObservation(host.id) : null
  const current = trunkState({ topology, trunk, observation, isApplying: host !== null && busy.has(host.name) })
  return { ...trunk, ...current }
}

async function busyHosts({ store }: Deps): Promise<ReadonlySet<string>> {
  return new Set((await store.runs.listGoing()).flatMap((run) => run.hostNames))
}
