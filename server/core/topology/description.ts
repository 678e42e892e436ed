// The description that every object may have: the one thing that holds for all kinds, so no kind says anything of it. An edit that makes or changes an
// object is given it here, whatever else it does.

import { type EditOutcome, refused, type TopologyEdit } from './edit'
import { mapChanged } from './find'
import { itemsOf, kindOf } from './kinds/kinds'
import { checkDescription } from './rules/descriptions'
import type { Described, Kind, Topology } from './topology'

export function described(kind: Kind, edit: TopologyEdit<{ id: string }>, description: string | undefined): TopologyEdit<{ id: string }> {
  if (description === undefined) return edit
  return (topology, applied) => describeMade(kind, edit(topology, applied), description)
}

function describeMade(kind: Kind, outcome: EditOutcome<{ id: string }>, description: string): EditOutcome<{ id: string }> {
  const [first, ...rest] = [...(outcome.ok ? [] : outcome.violations), ...checkDescription(description)]
  if (first) return refused(first, ...rest)
  return outcome.ok ? { ...outcome, topology: withDescription(outcome.topology, kind, outcome.value.id, description) } : outcome
}

/** '' is none. */
function withDescription<K extends Kind>(topology: Topology, kind: K, id: string, description: string): Topology {
  const items = itemsOf(topology, kind)
  const next = mapChanged(items, (item) =>
    item.id === id && (item.description ?? '') !== description ? describe(item, description) : item,
  )
  return next === items ? topology : { ...topology, [kindOf(kind).list]: next }
}

function describe<Item extends Described>(item: Item, description: string): Item {
  const { description: _, ...others } = item
  return (description === '' ? others : { ...others, description }) as Item
}
