// What a host would do after a restart, judged from its last reading and the revision that was applied last.

import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import { contentDigest, type RestoreResult } from '../host/restore-unit'
import type { Topology } from '../topology/topology'

export interface RestoreState {
  /** `other`: it rebuilds something else than the last revision. */
  readonly status: 'none' | 'current' | 'other' | 'disabled' | 'foreign'
  /** Applied last; 0 before the first. */
  readonly revision: number
  /** Since the host booted; null when it did not run. */
  readonly lastResult: RestoreResult | null
}

interface Base {
  readonly number: number
  readonly topology: Topology
}

export function describeRestore(observed: Pick<HostState, 'restoreUnits'> | null, base: Base, hostId: string): RestoreState {
  const unit = observed?.restoreUnits?.[0]
  const state = { revision: base.number, lastResult: unit?.lastResult ?? null }
  if (!unit) return { ...state, status: 'none' }
  if (unit.owner === null) return { ...state, status: 'foreign' }
  if (!unit.isEnabled) return { ...state, status: 'disabled' }
  const isKnown = base.topology.hosts.some(({ id }) => id === hostId)
  const wanted = isKnown ? compileHost(base.topology, hostId).restoreUnits[0] : undefined
  return { ...state, status: wanted && contentDigest(wanted) === contentDigest(unit) ? 'current' : 'other' }
}
