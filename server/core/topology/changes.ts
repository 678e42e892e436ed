// What changed in the logical model between two topologies, in the words of the plan's "objects" tab. Ids are resolved to
// names, since nobody knows a UUID by heart.

import type { ChangeAction, FieldChange, ObjectChange } from '../plan/plan'
import { labelPort } from './find'
import { describeFields, type PrintedFields } from './print-fields'
import type { Topology } from './topology'

type Kind = ObjectChange['kind']

interface Identified {
  readonly id: string
  readonly name: string
}

const lists: { readonly [K in Kind]: (topology: Topology) => readonly Identified[] } = {
  physicalNetwork: (topology) => topology.physicalNetworks,
  host: (topology) => topology.hosts,
  project: (topology) => topology.projects,
  network: (topology) => topology.networks,
  subnet: (topology) => topology.subnets,
  vm: (topology) => topology.vms,
  port: (topology) => topology.ports.map((port) => ({ ...port, name: labelPort(topology, port) })),
}

/** Kinds in the order of `lists`, objects in the topology's order, removed ones last in their kind. */
export function diffTopology(base: Topology, current: Topology): ObjectChange[] {
  return (Object.keys(lists) as Kind[]).flatMap((kind) => diffKind(kind, base, current))
}

function diffKind(kind: Kind, base: Topology, current: Topology): ObjectChange[] {
  const [before, after] = [indexById(lists[kind](base)), indexById(lists[kind](current))]
  const kept = [...after.values()].flatMap((object) => {
    const earlier = before.has(object.id) ? describeFields(kind, base, object.id) : null
    const fields = diffFields(earlier, describeFields(kind, current, object.id))
    if (earlier && fields.length === 0) return []
    return [{ action: earlier ? ('change' as const) : ('create' as const), kind, id: object.id, name: object.name, fields }]
  })
  const removed = [...before.values()].filter((object) => !after.has(object.id))
  return [...kept, ...removed.map((object) => describeRemoval(kind, base, object))]
}

const describeRemoval = (kind: Kind, base: Topology, { id, name }: Identified): ObjectChange => ({
  action: 'remove',
  kind,
  id,
  name,
  fields: diffFields(describeFields(kind, base, id), null),
})

function diffFields(from: PrintedFields | null, to: PrintedFields | null): FieldChange[] {
  const names = Object.keys({ ...from, ...to })
  return names
    .map((field) => ({ field, from: from?.[field] ?? null, to: to?.[field] ?? null }))
    .filter((change) => change.from !== change.to)
}

const indexById = (items: readonly Identified[]): ReadonlyMap<string, Identified> => new Map(items.map((item) => [item.id, item]))

export function countActions(changes: readonly ObjectChange[]): Record<ChangeAction, number> {
  const counts: Record<ChangeAction, number> = { create: 0, change: 0, remove: 0 }
  for (const change of changes) counts[change.action] += 1
  return counts
}
