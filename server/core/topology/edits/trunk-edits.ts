// Edits of trunks: one outcome each, with the ports that they make or let go (resolve-sub-ports.ts).

import { refused, type EditOutcome, type TopologyEdit } from '../edit'
import { findById, labelPort, labelTrunk, othersThan, put, quoted } from '../find'
import type { IdSource } from '../id-source'
import type { SubPortInput, TrunkInput, TrunkPatch } from '../inputs/trunk-input'
import { checkParentNotBooted, checkTrunk, checkTrunkUnlocked } from '../rules/trunk-rules'
import { settle } from '../settle'
import { emptyTopology, type Topology, type Trunk } from '../topology'
import { conflict, missing, type Violation } from '../violation'
import { resolvePort, resolveSubPorts } from './resolve-sub-ports'

export interface TrunkDeps {
  readonly ids: IdSource
  /** ISO 8601. */
  readonly now: string
}

export function createTrunk(input: TrunkInput, { ids, now }: TrunkDeps): TopologyEdit<{ id: string }> {
  return (topology, applied = emptyTopology) => {
    const parent = resolvePort(topology, input, '', ids)
    if (!parent.ok) return refused(...parent.violations)
    const subPorts = resolveSubPorts(parent.topology, input.subPorts, ids)
    if (!subPorts.ok) return refused(...subPorts.violations)
    const { projectId, name, isAdminStateUp } = input
    const stamps = { revisionNumber: 0, createdAt: now, updatedAt: now }
    const trunk: Trunk = { id: ids.uuid(), projectId, name, portId: parent.value, subPorts: [...subPorts.value], isAdminStateUp, ...stamps }
    return putTrunk(subPorts.topology, trunk, checkParentNotBooted(topology, trunk, applied), ids)
  }
}

export function updateTrunk(id: string, patch: TrunkPatch, deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const subPorts = patch.subPorts ? resolveSubPorts(topology, patch.subPorts, deps.ids) : { ok: true as const, topology, value: trunk.subPorts }
    if (!subPorts.ok) return refused(...subPorts.violations)
    const locked = patch.subPorts ? checkTrunkUnlocked(topology, trunk) : []
    const candidate = { ...next, name: patch.name ?? trunk.name, isAdminStateUp: patch.isAdminStateUp ?? trunk.isAdminStateUp, subPorts: subPorts.value }
    const kept = patch.deletesPorts ? withoutFreed(subPorts.topology, trunk, candidate) : subPorts.topology
    return putTrunk(kept, candidate, locked, deps.ids)
  })
}

export function addSubPorts(id: string, added: readonly SubPortInput[], deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const subPorts = resolveSubPorts(topology, added, deps.ids)
    if (!subPorts.ok) return refused(...subPorts.violations)
    // Checked with the new ones last, so that fields and conflicts are those of the input.
    const candidate = { ...next, subPorts: [...trunk.subPorts, ...subPorts.value] }
    const violations = checkTrunk(subPorts.topology, candidate).map((violation) => shiftField(violation, trunk.subPorts.length))
    return settleTrunk(subPorts.topology, candidate, [...checkTrunkUnlocked(topology, trunk), ...violations], deps.ids)
  })
}

interface Removal {
  readonly portIds: readonly string[]
  readonly deletesPorts?: boolean | undefined
}

export function removeSubPorts(id: string, { portIds, deletesPorts = false }: Removal, deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const unknown = portIds.flatMap((portId, index) => (trunk.subPorts.some((each) => each.portId === portId) ? [] : [notASubPort(topology, trunk, portId, index)]))
    const candidate = { ...next, subPorts: trunk.subPorts.filter((each) => !portIds.includes(each.portId)) }
    const kept = deletesPorts ? withoutFreed(topology, trunk, candidate) : topology
    return settleTrunk(kept, candidate, [...checkTrunkUnlocked(topology, trunk), ...unknown], deps.ids)
  })
}

/** The ports stay, as in Neutron. */
export function removeTrunk(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const trunk = findById(topology.trunks, id)
    if (!trunk) return refused(missing('trunk', 'id'))
    return settle({ ...topology, trunks: othersThan(topology.trunks, trunk) }, checkTrunkUnlocked(topology, trunk), { id }, ids)
  }
}

/** `next` is the trunk with a new revision number and time. */
type Change = (topology: Topology, trunk: Trunk, next: Trunk) => EditOutcome<{ id: string }>

function changeTrunk(id: string, { now }: TrunkDeps, change: Change): TopologyEdit<{ id: string }> {
  return (topology) => {
    const trunk = findById(topology.trunks, id)
    if (!trunk) return refused(missing('trunk', 'id'))
    return change(topology, trunk, { ...trunk, revisionNumber: trunk.revisionNumber + 1, updatedAt: now })
  }
}

const putTrunk = (topology: Topology, trunk: Trunk, further: readonly Violation[], ids: IdSource) =>
  settleTrunk(topology, trunk, [...checkTrunk(topology, trunk), ...further], ids)

const settleTrunk = (topology: Topology, trunk: Trunk, violations: readonly Violation[], ids: IdSource) =>
  settle({ ...topology, trunks: put(topology.trunks, trunk) }, violations, { id: trunk.id }, ids)

/** Without the ports that leave the trunk. */
function withoutFreed(topology: Topology, before: Trunk, after: Trunk): Topology {
  const freed = new Set(before.subPorts.map(({ portId }) => portId))
  for (const { portId } of after.subPorts) freed.delete(portId)
  return { ...topology, ports: topology.ports.filter(({ id }) => !freed.has(id)) }
}

/** `subPorts.7.portId` of the trunk is `subPorts.2.portId` of an input that adds to five. */
function shiftField(violation: Violation, offset: number): Violation {
  const field = violation.field?.replace(/^subPorts\.(\d+)/, (_, index: string) => `subPorts.${Math.max(0, Number(index) - offset)}`) ?? null
  return { ...violation, field }
}

function notASubPort(topology: Topology, trunk: Trunk, portId: string, index: number): Violation {
  const port = findById(topology.ports, portId)
  if (!port) return missing('port', `portIds.${index}`)
  const [label, name] = [labelPort(topology, port), labelTrunk(topology, trunk)]
  return conflict('subport-of-trunk', `portIds.${index}`, `${quoted(label)} is no subport of ${quoted(name)}.`, [label])
}
