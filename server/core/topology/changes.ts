// What changed in the logical model between two topologies, in the words of the plan's "objects" tab. Ids are resolved to
// names, since nobody knows a UUID by heart.

import type { ChangeAction, FieldChange, ObjectChange } from '../plan/change'
import { findById } from './find'
import { itemsOf, kindNames, kindOf, printItem, withLists } from './kinds/kinds'
import type { PrintedFields } from './print-values'
import type { Kind, ObjectOf, Topology } from './topology'

/** In the order of the kinds, objects in the topology's order, removed ones last in their kind. */
export function diffTopology(base: Topology, current: Topology): ObjectChange[] {
  const names = overlay(base, current)
  return kindNames.flatMap((kind) => diffKind(kind, base, current, names))
}

/**
 * Both sides are printed with the names of today: otherwise renaming a network would look like a change of each of its
 * ports. What was removed is still found under its last name.
 */
const overlay = (base: Topology, current: Topology): Topology => ({
  ...withLists((kind) => [...itemsOf(current, kind), ...itemsOf(base, kind)]),
  localVlans: [...current.localVlans, ...base.localVlans],
})

function diffKind<K extends Kind>(kind: K, base: Topology, current: Topology, names: Topology): ObjectChange[] {
  const { label } = kindOf(kind)
  const [former, present] = [itemsOf(base, kind), itemsOf(current, kind)]
  const printed = (object: ObjectOf[K] | null): PrintedFields => (object ? printItem(kind, object, names) : {})
  // What is the same object on both sides prints the same, and that is nearly all of them.
  const objects = [
    ...present.filter((object) => findById(former, object.id) !== object),
    ...former.filter(({ id }) => findById(present, id) === null),
  ]
  return objects.flatMap((object) => {
    const [from, to] = [findById(former, object.id), findById(present, object.id)]
    const fields = diffFields(printed(from), printed(to))
    const action = from && to ? 'change' : to ? 'create' : 'remove'
    if (action === 'change' && fields.length === 0) return []
    return [{ action, kind, id: object.id, name: label(names, object), fields }]
  })
}

function diffFields(from: PrintedFields, to: PrintedFields): FieldChange[] {
  return Object.keys({ ...from, ...to })
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
    .filter((change) => change.from !== change.to)
}

export function countActions(changes: readonly ObjectChange[]): Record<ChangeAction, number> {
  const counts: Record<ChangeAction, number> = { create: 0, change: 0, remove: 0 }
  for (const change of changes) counts[change.action] += 1
  return counts
}
