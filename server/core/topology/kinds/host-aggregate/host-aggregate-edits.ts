// Edits of host aggregates.

import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import { sortTopology } from '../../order'
import { checkSeen } from '../../rules/seen-rules'
import { missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'
import type { HostAggregate } from './host-aggregate'
import { hostAggregateInput, hostAggregatePatchInput, type HostAggregatePatch } from './host-aggregate-input'
import { checkHostAggregate, checkHostAggregateRemoval, checkPlaced } from './host-aggregate-rules'

function updateHostAggregate(id: string, patch: HostAggregatePatch): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.hostAggregates, id)
    if (!before) return refused(missing('hostAggregate', 'id'))
    const after: HostAggregate = {
      ...before,
      name: patch.name ?? before.name,
      hostIds: patch.hostIds ?? before.hostIds,
      projectIds: patch.projectIds ?? before.projectIds,
    }
    return putHostAggregate(before, after, checkSeen(topology, 'hostAggregate', before, patch))(topology)
  }
}

function putHostAggregate(
  before: HostAggregate | null,
  after: HostAggregate,
  further: readonly Violation[] = [],
): TopologyEdit<{ id: string }> {
  return (topology) => {
    const next = { ...topology, hostAggregates: put(topology.hostAggregates, after) }
    const violations = [...further, ...checkHostAggregate(topology, after), ...checkPlaced(next, before, after)]
    return acceptedUnless(violations, sortTopology(next), { id: after.id })
  }
}

function removeHostAggregate(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const aggregate = findById(topology.hostAggregates, id)
    if (!aggregate) return refused(missing('hostAggregate', 'id'))
    const next = { ...topology, hostAggregates: othersThan(topology.hostAggregates, aggregate) }
    return acceptedUnless(checkHostAggregateRemoval(topology, aggregate), next, { id })
  }
}

export const hostAggregateEdits = {
  create: creation('hostAggregate', hostAggregateInput, ({ name, hostIds, projectIds }, { ids }) =>
    putHostAggregate(null, { id: ids.uuid(), name, hostIds, projectIds }),
  ),
  update: change('hostAggregate', hostAggregatePatchInput, updateHostAggregate),
  remove: removeHostAggregate,
} satisfies KindEdits
