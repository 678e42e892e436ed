// The state of a trunk as Neutron names it (reference §11.3), derived from the design and from what the host of its parent really
// has. Nothing is stored: whoever asks later gets a newer answer. `subport_ids` on the parent's Interface says what was wired
// last, so a subport that the design has and that list has not was just added, and one that is listed and broken is broken.

import { readSubPortIds } from '../compile/trunk-ids'
import type { HostState } from '../host/host-state'
import { qvoName } from '../naming'
import { findById } from '../topology/find'
import { linuxBridgeTrunkState } from './linuxbridge-status'
import type { Port, Topology, Trunk } from '../topology/topology'
import { type PatchPair, type TrunkHost, pairProblems, patchPairs, trunkHost } from './patch-pair'

export type TrunkStatus = 'DOWN' | 'BUILD' | 'ACTIVE' | 'DEGRADED' | 'ERROR'

export interface TrunkState {
  readonly status: TrunkStatus
  /** Why it is not ACTIVE, in a sentence that names the device; null when it is. */
  readonly reason: string | null
}

export interface TrunkSight {
  readonly topology: Topology
  readonly trunk: Trunk
  /** The parent's host as last read; null when it never was. */
  readonly state: HostState | null
  /** A plan is being applied to the host of the parent. */
  readonly isApplying: boolean
}

export function trunkState(sight: TrunkSight): TrunkState {
  const { topology, trunk, state, isApplying } = sight
  const parent = findById(topology.ports, trunk.portId)
  if (!parent || parent.hostId === null || parent.deviceOwner !== 'compute:nova') return down('The parent is used by no VM yet.')
  if (isApplying) return { status: 'BUILD', reason: 'A plan is being applied to its host.' }
  if (!state) return down('The host of the parent has not been read yet.')
  if (findById(topology.hosts, parent.hostId)?.agentKind === 'linuxbridge') return linuxBridgeTrunkState(topology, trunk, parent, state)
  const host = trunkHost(topology, trunk, parent.hostId, state)
  if (!state.ovsBridges.some(({ name }) => name === host.bridge)) return down(`${host.bridge} is not built yet. Apply the design.`)
  return wiredState(host, trunk, parent)
}

const down = (reason: string): TrunkState => ({ status: 'DOWN', reason })

function wiredState(host: TrunkHost, trunk: Trunk, parent: Port): TrunkState {
  const vif = host.portOn(host.bridge, qvoName(parent.id))
  if (!vif) return { status: 'ERROR', reason: `${qvoName(parent.id)} is not a port of ${host.bridge}` }
  const problems = (pair: PatchPair): string[] => pairProblems(host, pair).map(({ sentence }) => sentence)
  const pairs = patchPairs(host.topology, trunk)
  const [parentProblem] = pairs.filter(({ port }) => port.id === parent.id).flatMap(problems)
  if (parentProblem !== undefined) return { status: 'ERROR', reason: parentProblem }
  const recorded = readSubPortIds(vif.interface.externalIds)
  if (!recorded) return { status: 'DEGRADED', reason: `${qvoName(parent.id)} does not say which subports it has (external_ids:subport_ids).` }
  const changed = changedSubPorts(trunk, recorded)
  if (changed !== null) return down(changed)
  const broken = pairs.flatMap((pair) => (pair.port.id === parent.id ? [] : problems(pair).slice(0, 1)))
  return broken[0] === undefined ? { status: 'ACTIVE', reason: null } : { status: 'DEGRADED', reason: summarise(broken, trunk) }
}

function changedSubPorts(trunk: Trunk, recorded: readonly string[]): string | null {
  const added = trunk.subPorts.filter(({ portId }) => !recorded.includes(portId)).length
  const removed = recorded.filter((id) => !trunk.subPorts.some(({ portId }) => portId === id)).length
  if (added + removed === 0) return null
  const parts = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])]
  return `Subports were changed and are not applied yet: ${parts.join(', ')}.`
}

const summarise = (broken: readonly string[], trunk: Trunk): string =>
  broken.length === 1 ? broken[0]! : `${broken[0]} (${broken.length} of ${trunk.subPorts.length} subports are not as they should be)`
