// Edits of trunks. Type and id of an `inherit` subport are settled here, from its network; what is stored is always a VLAN.

import { refused, type EditOutcome, type TopologyEdit } from '../edit'
import { findById, labelPort, labelTrunk, othersThan, put, quoted } from '../find'
import type { IdSource } from '../id-source'
import type { SubPortInput, TrunkInput, TrunkPatch } from '../inputs/trunk-input'
import { checkParentNotBooted, checkTrunk, checkTrunkUnlocked, isVlanId, wrongSegmentationId } from '../rules/trunk-rules'
import { settle } from '../settle'
import { emptyTopology, type SubPort, type Topology, type Trunk } from '../topology'
import { conflict, invalid, missing, type Violation } from '../violation'

export interface TrunkDeps {
  readonly ids: IdSource
  /** ISO 8601. */
  readonly now: string
}

export function createTrunk(input: TrunkInput, { ids, now }: TrunkDeps): TopologyEdit<{ id: string }> {
  return (topology, applied = emptyTopology) => {
    const subPorts = resolveSubPorts(topology, input.subPorts)
    if (!subPorts.ok) return refused(...subPorts.violations)
    const { projectId, name, portId, isAdminStateUp } = input
    const stamps = { revisionNumber: 0, createdAt: now, updatedAt: now }
    const trunk: Trunk = { id: ids.uuid(), projectId, name, portId, subPorts: subPorts.value, isAdminStateUp, ...stamps }
    return putTrunk(topology, trunk, checkParentNotBooted(topology, trunk, applied), ids)
  }
}

export function updateTrunk(id: string, patch: TrunkPatch, deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const subPorts = patch.subPorts ? resolveSubPorts(topology, patch.subPorts) : { ok: true as const, value: trunk.subPorts }
    if (!subPorts.ok) return refused(...subPorts.violations)
    const locked = patch.subPorts ? checkTrunkUnlocked(topology, trunk) : []
    const candidate = { ...next, name: patch.name ?? trunk.name, isAdminStateUp: patch.isAdminStateUp ?? trunk.isAdminStateUp, subPorts: subPorts.value }
    return putTrunk(topology, candidate, locked, deps.ids)
  })
}

export function addSubPorts(id: string, added: readonly SubPortInput[], deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const subPorts = resolveSubPorts(topology, added)
    if (!subPorts.ok) return refused(...subPorts.violations)
    // Checked with the new ones last, so that fields and conflicts are those of the input.
    const candidate = { ...next, subPorts: [...trunk.subPorts, ...subPorts.value] }
    const violations = checkTrunk(topology, candidate).map((violation) => shiftField(violation, trunk.subPorts.length))
    return settleTrunk(topology, candidate, [...checkTrunkUnlocked(topology, trunk), ...violations], deps.ids)
  })
}

export function removeSubPorts(id: string, portIds: readonly string[], deps: TrunkDeps): TopologyEdit<{ id: string }> {
  return changeTrunk(id, deps, (topology, trunk, next) => {
    const unknown = portIds.flatMap((portId, index) => (trunk.subPorts.some((each) => each.portId === portId) ? [] : [notASubPort(topology, trunk, portId, index)]))
    const subPorts = trunk.subPorts.filter((each) => !portIds.includes(each.portId))
    return settleTrunk(topology, { ...next, subPorts }, [...checkTrunkUnlocked(topology, trunk), ...unknown], deps.ids)
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

type Resolved = { readonly ok: true; readonly value: SubPort[] } | { readonly ok: false; readonly violations: readonly [Violation, ...Violation[]] }

function resolveSubPorts(topology: Topology, inputs: readonly SubPortInput[]): Resolved {
  const resolved = inputs.map((input, index) => resolveSubPort(topology, input, `subPorts.${index}`))
  const [first, ...rest] = resolved.flatMap((each) => ('rule' in each ? [each] : []))
  if (first) return { ok: false, violations: [first, ...rest] }
  return { ok: true, value: resolved.flatMap((each) => ('rule' in each ? [] : [each])) }
}

function resolveSubPort(topology: Topology, input: SubPortInput, field: string): SubPort | Violation {
  if (input.segmentationType === 'inherit') return inheritSegment(topology, input.portId, field)
  if (input.segmentationType == null || input.segmentationId == null) {
    return invalid('trunk-segmentation-required', field, 'A subport needs a segmentation type and id, or the type "inherit".')
  }
  if (input.segmentationType !== 'vlan') {
    return invalid('trunk-segmentation-type', `${field}.segmentationType`, 'The segmentation type of a subport is "vlan" or "inherit".')
  }
  const segmentationId = toNumber(input.segmentationId)
  if (!isVlanId(segmentationId)) return wrongSegmentationId(`${field}.segmentationId`)
  return { portId: input.portId, segmentationType: 'vlan', segmentationId }
}

/** Neutron takes digits in a string, too. */
const toNumber = (id: number | string): number => (typeof id === 'number' ? id : /^\d+$/.test(id.trim()) ? Number(id) : Number.NaN)

function inheritSegment(topology: Topology, portId: string, field: string): SubPort | Violation {
  const port = findById(topology.ports, portId)
  if (!port) return missing('port', `${field}.portId`)
  const network = findById(topology.networks, port.networkId)
  if (network?.type === 'vlan' && network.segmentationId !== null) return { portId, segmentationType: 'vlan', segmentationId: network.segmentationId }
  const name = network?.name ?? port.networkId
  const sentence = `Network ${quoted(name)} is ${network?.type ?? 'unknown'}: only a VLAN network has an id to inherit. Give a type and id.`
  return conflict('trunk-inherit-vlan', `${field}.segmentationType`, sentence, [name])
}
