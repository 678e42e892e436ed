// The state of a trunk as Neutron names it (reference §11.3), derived from the design and from what the host of its parent really
// has. Nothing is stored: whoever asks later gets a newer answer. `subport_ids` on the parent's Interface says what was wired
// last, so a subport that the design has and that list has not was just added, and one that is listed and broken is broken.

import { readSubPortIds } from '../compile/trunk-ids'
import { auditWords } from '../explain/trunk-audit'
import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, qbrName, qvbName, qvoName, tapName } from '../naming'
import { findById } from '../topology/find'
import { linuxBridgeTrunkState } from './linuxbridge-status'
import type { Port, Topology, Trunk } from '../topology/topology'
import { checkUsable, type TrunkHost, pairProblems, patchPairs, trunkHost } from './patch-pair'

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
  if (findById(topology.hosts, parent.hostId)?.agentKind === 'linuxbridge') return guestDown(topology, parent, state) ?? linuxBridgeTrunkState(topology, trunk, parent, state)
  const host = trunkHost(topology, trunk, parent.hostId, state)
  if (!state.ovsBridges.some(({ name }) => name === host.bridge)) return down(`${host.bridge} is not built yet. Apply the design.`)
  return guestDown(topology, parent, state) ?? wiredState(host, trunk, parent)
}

const down = (reason: string): TrunkState => ({ status: 'DOWN', reason })

/** Nothing of it passes a frame while the VM is off: libvirt makes the tap when it starts the VM. */
function guestDown(topology: Topology, parent: Port, state: HostState): TrunkState | null {
  const name = findById(topology.vms, parent.deviceId)?.name ?? parent.deviceId
  const domain = state.domains.find(({ uuid }) => uuid === parent.deviceId)
  if (!domain) return down(`VM ${name} is not defined on its host yet. Apply the design.`)
  if (!domain.isRunning) return down(`VM ${name} is not running.`)
  return linkNamed(state, tapName(parent.id)) ? null : down(`${tapName(parent.id)} of VM ${name} is not there. Apply the design.`)
}

const linkNamed = ({ links }: HostState, name: string): Link | undefined => links.find((link) => link.netns === '' && link.name === name)

function wiredState(host: TrunkHost, trunk: Trunk, parent: Port): TrunkState {
  const pairs = patchPairs(host.topology, trunk).map((pair) => ({ isParent: pair.port.id === parent.id, problems: pairProblems(host, pair) }))
  const parentProblem = plugProblem(host, parent) ?? pairs.filter(({ isParent }) => isParent).flatMap(({ problems }) => problems).find(({ end }) => end !== 'guard')?.sentence
  if (parentProblem !== undefined) return { status: 'ERROR', reason: parentProblem }
  const recorded = readSubPortIds(host.portOn(host.bridge, qvoName(parent.id))?.interface.externalIds ?? {})
  if (!recorded) return { status: 'DEGRADED', reason: `${qvoName(parent.id)} does not say which subports it has (external_ids:subport_ids).` }
  const changed = changedSubPorts(trunk, recorded)
  if (changed !== null) return down(changed)
  const broken = pairs.flatMap(({ problems }) => problems.slice(0, 1).map(({ sentence }) => sentence))
  return broken[0] === undefined ? { status: 'ACTIVE', reason: null } : { status: 'DEGRADED', reason: summarise(broken, pairs.length) }
}

/** From the tap to the trunk bridge, what all its frames pass; undefined when nothing is wrong. */
function plugProblem({ state, bridge, portOn }: TrunkHost, { id }: Port): string | undefined {
  const [tap, qbr, qvb, qvo] = [tapName(id), qbrName(id), qvbName(id), qvoName(id)]
  const vif = portOn(bridge, qvo)
  const isIn = (name: string) => linkNamed(state, name)?.master === qbr
  const missing = [qbr, qvb, qvo].find((name) => !linkNamed(state, name))
  if (!vif) return `${qvo} is not a port of ${bridge}`
  if (missing !== undefined) return `${missing} is not there. Apply the design.`
  if (!isIn(tap) || !isIn(qvb)) return `${isIn(tap) ? qvb : tap} of the parent is not in ${qbr}.`
  if (state.flows.every((flow) => flow.bridge !== INTEGRATION_BRIDGE)) return `${INTEGRATION_BRIDGE} has no flows and drops everything. Apply the design.`
  return checkUsable(vif) ?? vifLimit(vif) ?? undefined
}

/** A tag on the VIF cuts off the subports (reference §11.1). */
function vifLimit({ name, tag, trunks }: OvsPort): string | null {
  if (tag !== null) return auditWords.vifCut(name, `tag ${tag}`)
  return trunks.length === 0 ? null : auditWords.vifCut(name, `VLANs ${trunks.join(', ')}`)
}

function changedSubPorts(trunk: Trunk, recorded: readonly string[]): string | null {
  const added = trunk.subPorts.filter(({ portId }) => !recorded.includes(portId)).length
  const removed = recorded.filter((id) => !trunk.subPorts.some(({ portId }) => portId === id)).length
  if (added + removed === 0) return null
  const parts = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])]
  return `Subports were changed and are not applied yet: ${parts.join(', ')}.`
}

const summarise = (broken: readonly string[], count: number): string =>
  broken.length === 1 ? broken[0]! : `${broken[0]} (${broken.length} of ${count} ports are not as they should be)`
