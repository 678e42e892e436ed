// One order for every list, so that a topology that comes back from the database equals the one that went in, and equal
// designs have equal digests. A list that is in order already stays the same list, and is not looked at again.

import { mapChanged } from './find'
import { compareText } from './kinds/compare'
import { itemsOf, kindNames, kindOf, withLists } from './kinds/kinds'
import type { Kind, LocalVlan, ObjectOf, Topology } from './topology'

type Compare<Item> = (a: Item, b: Item) => number

export function sortTopology(topology: Topology): Topology {
  const sorted = { ...withLists((kind) => sortedList(topology, kind)), localVlans: inOrder(topology.localVlans, byPlace) }
  const isSame = sorted.localVlans === topology.localVlans && kindNames.every((kind) => itemsOf(sorted, kind) === itemsOf(topology, kind))
  return isSame ? topology : sorted
}

function sortedList<K extends Kind>(topology: Topology, kind: K): readonly ObjectOf[K][] {
  const items = itemsOf(topology, kind)
  if (known.has(items)) return items
  const { inOrder: sortInside, compare } = kindOf(kind)
  return inOrder(sortInside ? mapChanged(items, sortInside) : items, compare)
}

const known = new WeakSet<readonly unknown[]>()

function inOrder<Item>(items: readonly Item[], compare: Compare<Item>): readonly Item[] {
  if (known.has(items)) return items
  const isInOrder = items.every((item, index) => index === 0 || compare(items[index - 1]!, item) <= 0)
  const sorted = isInOrder ? items : items.toSorted(compare)
  known.add(sorted)
  return sorted
}

const byPlace: Compare<LocalVlan> = (a, b) => compareText(a.hostId, b.hostId) || compareText(a.networkId, b.networkId)
