// Ports are put into a group beside those that they are in already, any number in one edit: those from before there were groups come under rules
// together, by one plan.

import { inTurn, refused, type TopologyEdit } from '../../edit'
import { findById } from '../../find'
import type { IdSource } from '../../id-source'
import { missing, type Violation } from '../../violation'
import { updatePort } from '../port/port-edits'

export function addPorts(id: string, portIds: readonly string[], ids: IdSource): TopologyEdit<{ id: string }> {
  const edit = inTurn(portIds.map((portId) => addPort(id, portId, ids)))
  return (topology, applied) => {
    if (!findById(topology.securityGroups, id)) return refused(missing('securityGroup', 'id'))
    const outcome = edit(topology, applied)
    if (outcome.ok) return { ...outcome, value: { id } }
    const [first, ...rest] = outcome.violations
    return refused(atPort(first), ...rest.map(atPort))
  }
}

const addPort =
  (id: string, portId: string, ids: IdSource): TopologyEdit<{ id: string }> =>
  (topology, applied) => {
    const before = findById(topology.ports, portId)?.securityGroupIds ?? []
    return updatePort(portId, { securityGroupIds: [...before, id] }, ids)(topology, applied)
  }

/** `items.2.securityGroupIds.0` is `portIds.2`. */
const atPort = (violation: Violation): Violation => ({
  ...violation,
  field: violation.field?.replace(/^items\.(\d+).*/, 'portIds.$1') ?? null,
})
