// Edits of trunks: one outcome each, with the ports that they make or let go (resolve-sub-ports.ts).

import { refused, type EditOutcome, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import { labelPort } from '../port/port-label'
import { labelTrunk } from './trunk-label'
import type { IdSource } from '../../id-source'
import { type SubPortInput, type SubPortMove, type TrunkInput, trunkInput, type TrunkPatch, trunkPatchInput } from './trunk-input'
import { checkSeen } from '../../rules/seen-rules'
import { checkParentNotBooted, checkTrunk, checkTrunkUnlocked } from './trunk-rules'
import { settle } from '../../settle'
import { emptyTopology } from '../../complete-topology'
import type { Topology } from '../../topology'
import type { Trunk } from './trunk'
import { conflict, missing, type Violation } from '../../violation'
import { resolvePort, resolveSubPorts } from './resolve-sub-ports'
import { change, creation, type EditDeps, type KindEdits } from '../kind-edits'

export function createTrunk(input: TrunkInput, { ids, now }: EditDeps): TopologyEdit<{ id: string }> {
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

export function updateTrunk(id: string, patch: TrunkPatch, deps: EditDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const candidate = { ...next, name: patch.name ?? trunk.name, isAdminStateUp: patch.isAdminStateUp ?? trunk.isAdminStateUp }
    return putTrunk(topology, candidate, checkSeen(topology, 'trunk', trunk, patch), deps.ids)
  })
}

export function addSubPorts(id: string, added: readonly SubPortInput[], deps: EditDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const grown = growTrunk(topology, next, added, deps.ids)
    if (!grown.ok) return refused(...grown.violations)
    return settleTrunk(grown.topology, grown.trunk, [...checkTrunkUnlocked(topology, trunk), ...grown.broken], deps.ids)
  })
}

/** The other subports are those there are now, whoever put them there. */
export function moveSubPort(
  id: string,
  { portId, to, deletesPorts = false }: Omit<SubPortMove, 'id'>,
  deps: EditDeps,
): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const moved = trunk.subPorts.find((each) => each.portId === portId)
    if (!moved) return refused(notASubPort(topology, trunk, portId, 'portId'))
    const others = { ...next, subPorts: trunk.subPorts.filter((each) => each !== moved) }
    const stays = to.portId == null && to.networkId == null
    const wanted = {
      ...to,
      portId: stays ? portId : to.portId,
      segmentationType: to.segmentationType ?? moved.segmentationType,
      segmentationId: to.segmentationId ?? moved.segmentationId,
    }
    const grown = growTrunk(topology, others, [wanted], deps.ids)
    const inTo = (violation: Violation): Violation => ({ ...violation, field: violation.field?.replace(/^subPorts\.0/, 'to') ?? null })
    if (!grown.ok) return refused(inTo(grown.violations[0]), ...grown.violations.slice(1).map(inTo))
    const kept = deletesPorts ? withoutFreed(grown.topology, trunk, grown.trunk) : grown.topology
    return settleTrunk(kept, grown.trunk, [...checkTrunkUnlocked(topology, trunk), ...grown.broken.map(inTo)], deps.ids)
  })
}

interface Removal {
  readonly portIds: readonly string[]
  readonly deletesPorts?: boolean | undefined
}

export function removeSubPorts(id: string, { portIds, deletesPorts = false }: Removal, deps: EditDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const unknown = portIds.flatMap((portId, index) =>
      trunk.subPorts.some((each) => each.portId === portId) ? [] : [notASubPort(topology, trunk, portId, `portIds.${index}`)],
    )
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

function changeTrunk(id: string, { now }: EditDeps, change: Change): TopologyEdit<{ id: string }> {
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

/** Checked with the new ones last, so that fields and conflicts are those of the input. */
function growTrunk(topology: Topology, trunk: Trunk, added: readonly SubPortInput[], ids: IdSource) {
  const subPorts = resolveSubPorts(topology, added, ids)
  if (!subPorts.ok) return subPorts
  const grown = { ...trunk, subPorts: [...trunk.subPorts, ...subPorts.value] }
  const broken = checkTrunk(subPorts.topology, grown).map((violation) => shiftField(violation, trunk.subPorts.length))
  return { ok: true as const, topology: subPorts.topology, trunk: grown, broken }
}

/** `subPorts.7.portId` of the trunk is `subPorts.2.portId` of an input that adds to five. */
function shiftField(violation: Violation, offset: number): Violation {
  const field =
    violation.field?.replace(/^subPorts\.(\d+)/, (_, index: string) => `subPorts.${Math.max(0, Number(index) - offset)}`) ?? null
  return { ...violation, field }
}

function notASubPort(topology: Topology, trunk: Trunk, portId: string, field: string): Violation {
  const port = findById(topology.ports, portId)
  if (!port) return missing('port', field)
  const [label, name] = [labelPort(topology, port), labelTrunk(topology, trunk)]
  return conflict('subport-of-trunk', field, { port: label, trunk: name }, [label])
}

export const trunkEdits = {
  create: creation('trunk', trunkInput, createTrunk),
  update: change('trunk', trunkPatchInput, updateTrunk),
  remove: (id, { ids }) => removeTrunk(id, ids),
} satisfies KindEdits
