// Two topologies that hold mostly the same: what is equal in both becomes the same object, so that comparing them costs what differs.

import { renderCanonical } from './digest'
import { findById } from './find'
import { itemsOf, withLists } from './kinds/kinds'
import type { Topology } from './topology'

/** The topology by value, with the objects and lists of the other one where these are equal. */
export const shareEqual = (topology: Topology, other: Topology): Topology => ({
  ...withLists((kind) => shareItems(itemsOf(topology, kind), itemsOf(other, kind))),
  localVlans: isEqual(topology.localVlans, other.localVlans) ? other.localVlans : topology.localVlans,
})

function shareItems<Item extends { readonly id: string }>(items: readonly Item[], others: readonly Item[]): readonly Item[] {
  if (items === others) return items
  const shared = items.map((item) => {
    const other = findById(others, item.id)
    return other && isEqual(item, other) ? other : item
  })
  return shared.length === others.length && shared.every((item, index) => item === others[index]) ? others : shared
}

export const isEqual = (a: unknown, b: unknown): boolean => a === b || renderCanonical(a) === renderCanonical(b)
