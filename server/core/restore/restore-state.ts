// What a host would do after a restart, judged from its last reading and the revision that was applied last.

import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { contentDigest, type RestoreResult } from '../host/restore-unit'
import { unknownPartOf } from '../host/unknown-parts'
import type { UnknownPart } from '../host/unknown-part'
import type { Topology } from '../topology/topology'

export interface RestoreState {
  /** `other`: it rebuilds something else than the last revision. `unknown`: the host was never read, or does not tell. */
  readonly status: 'none' | 'current' | 'other' | 'disabled' | 'foreign' | 'unknown'
  /** What the reading lacks, where it is `unknown`; absent for a host that was never read. */
  readonly unread?: UnknownPart
  /** Applied last; 0 before the first. */
  readonly revision: number
  /** Since the host booted; null when it did not run. */
  readonly lastResult: RestoreResult | null
}

type Observed = Pick<HostObservation, 'unparsed'> & { readonly state: Pick<HostState, 'restoreUnits'> }

interface Base {
  readonly number: number
  readonly topology: Topology
}

export function describeRestore(observation: Observed | null, base: Base, hostId: string): RestoreState {
  const unit = observation?.state.restoreUnits[0]
  const state = { revision: base.number, lastResult: unit?.lastResult ?? null }
  if (observation === null) return { ...state, status: 'unknown' }
  const unread = unknownPartOf(observation, 'restoreUnits')
  if (unread) return { ...state, status: 'unknown', unread }
  if (!unit) return { ...state, status: 'none' }
  if (unit.owner === null) return { ...state, status: 'foreign' }
  if (!unit.isEnabled) return { ...state, status: 'disabled' }
  const isKnown = base.topology.hosts.some(({ id }) => id === hostId)
  const wanted = isKnown ? compileHost(base.topology, hostId).restoreUnits[0] : undefined
  return { ...state, status: wanted && contentDigest(wanted) === contentDigest(unit) ? 'current' : 'other' }
}
