// observe → compile → diff → plan, for every host the design or the last revision touches. Hosts are read in parallel and
// failures are collected: one silent host blocks the plan and is named, the others are still shown.

import { compileHost } from '@/server/core/compile/compile'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { bootFilesOf, withMissing } from '@/server/core/plan/boot-files'
import { findMissing } from '@/server/core/render/missing-files'
import { block, hostSubject } from '@/server/core/plan/subjects'
import { unsettled } from '@/server/core/plan/made'
import { findImpacts } from '@/server/core/plan/impacts'
import { findWarnings } from '@/server/core/plan/warnings'
import type { HostPlan, Plan } from '@/server/core/plan/plan'
import { otherRegistrations } from '@/server/core/plan/other-registrations'
import { listOurs, planHost } from '@/server/core/plan/plan-host'
import { blockSameMachine, findSameMachine } from '@/server/core/plan/same-machine'
import { listUnseen } from '@/server/core/plan/unseen'
import { diffTopology } from '@/server/core/topology/changes'
import { topologyDigest } from '@/server/core/topology/digest'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Design, Store } from '@/server/effects/db/store'
import type { IdSource } from '@/server/effects/ids'
import type { HostManager } from './host-manager'
import { type HostsInChange, loadHostsInChange, restedHost } from './hosts-in-change'

export interface PlanDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly hosts: Pick<HostManager, 'observe' | 'last' | 'session'>
}

export async function createPlan(deps: PlanDeps, signal: AbortSignal): Promise<Plan> {
  const design = await deps.store.loadDesign()
  const concerned = await concernedHosts(deps, design)
  // Before anything is read, so that a run which begins meanwhile shows.
  const inChange = await loadHostsInChange(deps)
  const left = concerned.flatMap((host) => {
    const lease = inChange.makerOf(host.id, desiredState(design.topology, host.id))
    return lease ? [restedHost(host, lease, isoNow(deps.clock))] : []
  })
  const own = concerned.filter(({ id }) => !left.some(({ hostId }) => hostId === id))
  const read = await Promise.all(own.map(async (host) => ({ host, observation: await deps.hosts.observe(host.id).catch(asError) })))
  // A host that left the design may well be the same machine under a new id: adopting is the way (other-registrations.ts).
  const readings = read.flatMap(({ host, observation }) =>
    observation instanceof Error || !design.topology.hosts.includes(host) ? [] : [{ host, observation }],
  )
  const planned = await Promise.all(
    read.map(async ({ host, observation }) => {
      if (observation instanceof Error) return unreadHost(host, observation, isoNow(deps.clock))
      const plan = await planOneHost(deps, host, design.topology, observation, inChange)
      return design.topology.hosts.includes(host) ? blockSameMachine(plan, findSameMachine({ host, observation }, readings)) : plan
    }),
  )
  const hosts = concerned.map(({ id }) => [...left, ...planned].find(({ hostId }) => hostId === id)!)
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
  signal.throwIfAborted()
  await deps.store.plans.save(plan)
  return plan
}

/**
 * Hosts the design wants prepared, those that the last revision prepared, and those where something of ours was last seen
 * (a run that failed elsewhere makes no revision), or may be since a run set out to make it: all of them may have to be changed or cleaned. A host that is only
 * registered, and was built by another console, is none of them.
 */
async function concernedHosts({ hosts, store }: PlanDeps, design: Design): Promise<readonly Host[]> {
  const wasPrepared = new Set(design.base.topology.hosts.filter((host) => host.isPrepared).map((host) => host.id))
  const concerned = await Promise.all(
    knownHosts(design).map(
      async (host) =>
        host.isPrepared || wasPrepared.has(host.id) || (await holdsOurs(hosts, host)) || (await store.made.load(host.id)).length > 0,
    ),
  )
  return knownHosts(design).filter((_, index) => concerned[index])
}

async function holdsOurs(hosts: PlanDeps['hosts'], host: Host): Promise<boolean> {
  const observation = await hosts.last(host.id)
  if (observation === null || listOurs(observation).length + listUnseen(observation).length === 0) return false
  return otherRegistrations(host, observation.state).every(({ isAdopted }) => isAdopted)
}

/**
 * Hosts of the design, and those that left it since the last revision. One that was adopted since is the same machine under
 * a new id: cleaning it would be a second plan for what the first one keeps.
 */
export function knownHosts({ topology, base }: Pick<Design, 'topology' | 'base'>): readonly Host[] {
  const gone = base.topology.hosts.filter(
    (host) => !topology.hosts.some(({ id, adoptedHostIds }) => id === host.id || adoptedHostIds.includes(host.id)),
  )
  return [...topology.hosts, ...gone]
}

/** Empty for a host that left the design. */
export const desiredState = (topology: Topology, hostId: string): HostState =>
  topology.hosts.some((host) => host.id === hostId) ? compileHost(topology, hostId) : emptyHostState

async function planOneHost(
  deps: PlanDeps,
  host: Host,
  topology: Topology,
  observation: HostObservation,
  inChange: HostsInChange,
): Promise<HostPlan> {
  const made = await deps.store.made.load(host.id)
  const left = unsettled(made, observation)
  const token = inChange.tokenOf(host.id)
  // What a run is about to make does not show yet: that is its own to settle.
  if (left.length < made.length && token !== null) await deps.store.made.save(host.id, left)
  const plan = await askForFiles(deps, planHost(host, desiredState(topology, host.id), observation, left), topology)
  return { ...plan, token, warnings: [...(plan.warnings ?? []), ...inChange.warn(host)] }
}

/** A trip to the host only where a VM is to start. */
async function askForFiles({ hosts }: PlanDeps, plan: HostPlan, { vms }: Topology): Promise<HostPlan> {
  const files = bootFilesOf(plan, vms)
  if (files.length === 0 || plan.blocked.length > 0) return plan
  const { stdout } = await hosts.session(plan.hostId).runOrThrow(findMissing(files.map(({ path }) => path)))
  return withMissing(plan, files, stdout)
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
    blocked: [block(hostSubject(host), { code: 'host-unreadable', params: { said: error.message } })],
    kept: [],
  }
}
