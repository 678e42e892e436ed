// What runs are doing to hosts while a plan is made. A host that a run is making into what the plan wants is left to that run: the plan rests
// on it and can be applied beside it. Of one that is being made into something else, a reading shows half a change.

import { stateDigest } from '@/server/core/host/state-digest'
import type { HostState } from '@/server/core/host/host-state'
import { isHeld, type Lease } from '@/server/core/operation/lease'
import type { HostPlan } from '@/server/core/plan/plan'
import type { PlanWarning } from '@/server/core/plan/plan-params'
import { hostSubject } from '@/server/core/plan/subjects'
import type { Host } from '@/server/core/topology/kinds/host/host'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'

export interface HostsInChange {
  /** Of a host that is read after this; null where a run is at it. */
  tokenOf(hostId: string): number | null
  /** The lease of the run that is making this of the host. */
  makerOf(hostId: string, desired: HostState): Lease | null
  warn(host: Host): readonly PlanWarning[]
}

export async function loadHostsInChange({ store, clock }: { readonly store: Store; readonly clock: Clock }): Promise<HostsInChange> {
  const now = isoNow(clock)
  const leases = await store.queue.listLeases()
  const held = leases.filter((lease) => isHeld(lease, now))
  const runs = await Promise.all([...new Set(held.map(({ operationId }) => operationId))].map((id) => store.runs.get(id).catch(() => null)))
  const holder = (hostId: string) => held.find((lease) => lease.hostId === hostId) ?? null
  return {
    tokenOf: (hostId) => (holder(hostId) === null ? (leases.find((lease) => lease.hostId === hostId)?.token ?? 0) : null),
    makerOf: (hostId, desired) => {
      const lease = holder(hostId)
      const run = lease && runs.find((each) => each?.id === lease.operationId)
      return run && run.desiredDigests[hostId] === stateDigest(desired) ? lease : null
    },
    warn: (host) => {
      const runId = holder(host.id)?.operationId
      return runId === undefined
        ? []
        : [{ severity: 'warning', subject: hostSubject(host), code: 'being-changed', params: { host: host.name, runId } }]
    },
  }
}

/** The share of a plan in a host that it leaves to a run: not read, not changed. */
export const restedHost = (host: Host, { token, operationId }: Lease, observedAt: string): HostPlan => ({
  hostId: host.id,
  hostName: host.name,
  observedAt,
  token,
  changedBy: operationId,
  changes: [],
  steps: [],
  undo: [],
  blocked: [],
  kept: [],
})
