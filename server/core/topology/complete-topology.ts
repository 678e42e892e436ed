// Topologies that are no design of today: the empty one, and copies from a time when the model had fewer lists and fields.

import { itemsOf, kindOf, withLists } from './kinds/kinds'
import type { Topology } from './topology'

export const emptyTopology: Topology = { ...withLists(() => []), localVlans: [] }

export function completeTopology(stored: Partial<Topology>): Topology {
  const complete = { ...emptyTopology, ...stored }
  return { ...complete, ...withLists((kind) => itemsOf(complete, kind).map((item) => ({ ...kindOf(kind).earlier, ...item }))) }
}
