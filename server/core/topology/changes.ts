// What changed in the logical model between two topologies, in the words of the plan's "objects" tab. Ids are resolved to
// names, since nobody knows a UUID by heart.

import type { ChangeAction, FieldChange, ObjectChange } from '../plan/change'
import { labelUplink } from './kinds/nested-uplink/nested-uplink-label'
import { labelPort } from './kinds/port/port-label'
import { labelTrunk } from './kinds/trunk/trunk-label'
import { type Kind, type ObjectOf, printers } from './print-fields'
import type { PrintedFields } from './print-values'
import { emptyTopology, type Topology } from './topology'

type Lists = { readonly [K in Kind]: (topology: Topology) => readonly ObjectOf[K][] }

const lists: Lists = {
  physicalNetwork: (topology) => topology.physicalNetworks,
  host: (topology) => topology.hosts,
  project: (topology) => topology.projects,
  network: (topology) => topology.networks,
  subnet: (topology) => topology.subnets,
  vm: (topology) => topology.vms,
  port: (topology) => topology.ports,
  trunk: (topology) => topology.trunks,
  nestedUplink: (topology) => topology.nestedUplinks,
}

/** Kinds in the order of `lists`, objects in the topology's order, removed ones last in their kind. */
export function diffTopology(base: Topology, current: Topology): ObjectChange[] {
  const names = overlay(base, current)
  return (Object.keys(lists) as Kind[]).flatMap((kind) => diffKind(kind, base, current, names))
}

/**
 * Both sides are printed with the names of today: otherwise renaming a network would look like a change of each of its
 * ports. What was removed is still found under its last name.
 */
function overlay(base: Topology, current: Topology): Topology {
  const kinds = Object.keys(emptyTopology) as (keyof Topology)[]
  return Object.fromEntries(kinds.map((kind) => [kind, [...current[kind], ...base[kind]]])) as unknown as Topology
}

function diffKind<K extends Kind>(kind: K, base: Topology, current: Topology, names: Topology): ObjectChange[] {
  const [before, after] = [indexById(lists[kind](base)), indexById(lists[kind](current))]
  const print = (object: ObjectOf[K] | undefined): PrintedFields => (object ? printers[kind](object, names) : {})
  const objects = [...after.values(), ...[...before.values()].filter(({ id }) => !after.has(id))]
  return objects.flatMap((object) => {
    const [from, to] = [before.get(object.id), after.get(object.id)]
    const fields = diffFields(print(from), print(to))
    const action = from && to ? 'change' : to ? 'create' : 'remove'
    if (action === 'change' && fields.length === 0) return []
    return [{ action, kind, id: object.id, name: labelObject(object, names), fields }]
  })
}

function diffFields(from: PrintedFields, to: PrintedFields): FieldChange[] {
  return Object.keys({ ...from, ...to })
    .map((field) => ({ field, from: from[field] ?? null, to: to[field] ?? null }))
    .filter((change) => change.from !== change.to)
}

function labelObject(object: ObjectOf[Kind], names: Topology): string {
  if ('name' in object && !('macAddress' in object) && !('subPorts' in object)) return object.name
  if ('number' in object) return labelUplink(names, object)
  return 'subPorts' in object ? labelTrunk(names, object) : labelPort(names, object)
}

const indexById = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.id, item]))

export function countActions(changes: readonly ObjectChange[]): Record<ChangeAction, number> {
  const counts: Record<ChangeAction, number> = { create: 0, change: 0, remove: 0 }
  for (const change of changes) counts[change.action] += 1
  return counts
}
