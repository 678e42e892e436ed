// observe → compile → diff → plan, for every host the design or the last revision touches. Hosts are read in parallel and
// failures are collected: one silent host blocks the plan and is named, the others are still shown.

import { compileHost } from '@/server/core/compile/compile'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import { findImpacts } from '@/server/core/plan/impacts'
import { findWarnings } from '@/server/core/plan/warnings'
import type { HostPlan, Plan } from '@/server/core/plan/plan'
import { otherRegistrations } from '@/server/core/plan/other-registrations'
import { listOurs, planHost } from '@/server/core/plan/plan-host'
import { diffTopology } from '@/server/core/topology/changes'
import { topologyDigest } from '@/server/core/topology/digest'
import type { Host, Topology } from '@/server/core/topology/topology'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Design, Store } from '@/server/effects/db/store'
import type { IdSource } from '@/server/effects/ids'
import type { HostRoom } from './host-room'

export interface PlanDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly hosts: HostRoom
}

export async function createPlan(deps: PlanDeps): Promise<Plan> {
  const design = await deps.store.loadDesign()
  const concerned = await concernedHosts(deps, design)
  const hosts = await Promise.all(concerned.map((host) => planOneHost(deps, host, design.topology)))
  const plan: Plan = {
    id: deps.ids.uuid(),
    createdAt: isoNow(deps.clock),
    baseRevision: design.base.number,
    topologyDigest: topologyDigest(design.topology),
    objects: diffTopology(design.base.topology, design.topology),
    hosts,
    impacts: findImpacts(hosts, design.topology, design.base.topology),
    warnings: findWarnings(hosts, design.topology),
  }
  await deps.store.plans.save(plan)
  return plan
}

/**
 * Hosts the design wants prepared, those that the last revision prepared, and those where something of ours was last seen
 * (a run that failed elsewhere makes no revision): all of them may have to be changed or cleaned. A host that is only
 * registered, and was built by another console, is none of them.
 */
async function concernedHosts({ hosts }: PlanDeps, design: Design): Promise<readonly Host[]> {
  const wasPrepared = new Set(design.base.topology.hosts.filter((host) => host.isPrepared).map((host) => host.id))
  const concerned = await Promise.all(
    knownHosts(design).map(async (host) => host.isPrepared || wasPrepared.has(host.id) || (await holdsOurs(hosts, host))),
  )
  return knownHosts(design).filter((_, index) => concerned[index])
}

async function holdsOurs(hosts: HostRoom, host: Host): Promise<boolean> {
  const observation = await hosts.last(host.id)
  if (observation === null || listOurs(observation).length === 0) return false
  return otherRegistrations(host, observation.state).every(({ isAdopted }) => isAdopted)
}

/**
 * Hosts of the design, and those that left it since the last revision. One that was adopted since is the same machine under
 * a new id: cleaning it would be a second plan for what the first one keeps.
 */
export function knownHosts({ topology, base }: Pick<Design, 'topology' | 'base'>): readonly Host[] {
  const gone = base.topology.hosts.filter((host) => !topology.hosts.some(({ id, adoptedHostIds }) => id === host.id || adoptedHostIds.includes(host.id)))
  return [...topology.hosts, ...gone]
}

/** Empty for a host that left the design. */
export const desiredState = (topology: Topology, hostId: string): HostState =>
  topology.hosts.some((host) => host.id === hostId) ? compileHost(topology, hostId) : emptyHostState

async function planOneHost(deps: PlanDeps, host: Host, topology: Topology): Promise<HostPlan> {
  const observation = await deps.hosts.observe(host.id).catch((error: unknown) => asError(error))
  if (observation instanceof Error) return unreadHost(host, observation, isoNow(deps.clock))
  return planHost(host, desiredState(topology, host.id), observation)
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

function unreadHost(host: Host, error: Error, observedAt: string): HostPlan {
  return {
    hostId: host.id,
    hostName: host.name,
    observedAt,
    changes: [],
    steps: [],
    undo: [],
    blocked: [{ code: 'not_observed', hostId: host.id, label: host.name, message: `${host.name} could not be read: ${error.message}` }],
    kept: [],
  }
}

