// The whole topology from rows, and the difference of two topologies into rows. Edits are pure functions over topologies,
// so this is the only code that knows how an edit becomes SQL.
//
// Order: first everything that refers to something disappears, then what it referred to; unique values of changed rows are
// set free; then rows come and change, what is referred to first. Nothing in between violates a constraint.

import { renderCanonical } from '@/server/core/topology/digest'
import { findById } from '@/server/core/topology/find'
import { itemsOf, kindNames, withLists } from '@/server/core/topology/kinds/kinds'
import { sortTopology } from '@/server/core/topology/order'
import { isEqual } from '@/server/core/topology/share'
import type { Kind, LocalVlan, ObjectOf, Topology } from '@/server/core/topology/topology'
import type { Tx } from './database'
import { createObjects, createParts, loadObjects, parkObject, partRows, removeObjects, removeParts, updateObject } from './object-rows'

export async function loadTopologyRows(tx: Tx): Promise<Topology> {
  const lists = new Map<Kind, readonly unknown[]>()
  for (const kind of kindNames) lists.set(kind, await loadObjects(tx, kind))
  return sortTopology({
    ...withLists(<K extends Kind>(kind: K) => (lists.get(kind) ?? []) as readonly ObjectOf[K][]),
    localVlans: await tx.localVlan.findMany(),
  })
}

export async function saveTopologyRows(tx: Tx, before: Topology, after: Topology): Promise<void> {
  // What is referred to comes before what refers to it (kinds.ts).
  const writers = kindNames.map((kind) => writerOf(kind, before, after))
  const [staleVlans, newVlans] = [minus(before.localVlans, after.localVlans), minus(after.localVlans, before.localVlans)]
  for (const { hostId, networkId } of staleVlans) await tx.localVlan.deleteMany({ where: { hostId, networkId } })
  for (const writer of writers.toReversed()) await writer.removeParts(tx)
  for (const writer of writers.toReversed()) await writer.remove(tx)
  for (const writer of writers) await writer.park(tx)
  for (const writer of writers) await writer.put(tx)
  for (const writer of writers) await writer.createParts(tx)
  await inBatches(newVlans, (batch) => tx.localVlan.createMany({ data: [...batch] }))
}

interface Writer {
  removeParts(tx: Tx): Promise<void>
  remove(tx: Tx): Promise<void>
  park(tx: Tx): Promise<void>
  put(tx: Tx): Promise<void>
  createParts(tx: Tx): Promise<void>
}

function writerOf<K extends Kind>(kind: K, before: Topology, after: Topology): Writer {
  const { removed, created, changed } = compareLists(itemsOf(before, kind), itemsOf(after, kind))
  const rewritten = changed.filter((item) => {
    const earlier = findById(itemsOf(before, kind), item.id)
    return earlier === null || !isEqual(partRows(kind, earlier), partRows(kind, item))
  })
  return {
    removeParts: (tx) => inBatches([...removed, ...rewritten], (items) => removeParts(tx, kind, idsOf(items))),
    remove: (tx) => inBatches(removed, (items) => removeObjects(tx, kind, idsOf(items))),
    // A single changed object has nobody to swap with.
    park: async (tx) => {
      if (changed.length > 1) for (const { id } of changed) await parkObject(tx, kind, id)
    },
    put: async (tx) => {
      for (const item of changed) await updateObject(tx, kind, item)
      await inBatches(created, (items) => createObjects(tx, kind, items))
    },
    createParts: (tx) => inBatches([...created, ...rewritten], (items) => createParts(tx, kind, items)),
  }
}

interface ListChanges<Item> {
  readonly removed: readonly Item[]
  readonly created: readonly Item[]
  readonly changed: readonly Item[]
}

const unchanged = { removed: [], created: [], changed: [] }

/** What an edit did not touch is the same list, or the same object in it: that is seen at once, and nothing else is looked at. */
function compareLists<Item extends { readonly id: string }>(before: readonly Item[], after: readonly Item[]): ListChanges<Item> {
  if (before === after) return unchanged
  const touched = after.filter((item, index) => item !== before[index] && item !== findById(before, item.id))
  return {
    removed: before.filter((item, index) => item !== after[index] && findById(after, item.id) === null),
    created: touched.filter((item) => findById(before, item.id) === null),
    changed: touched.filter((item) => {
      const earlier = findById(before, item.id)
      return earlier !== null && !isEqual(earlier, item)
    }),
  }
}

/** SQLite was long limited to 999 values per statement, which Prisma still keeps to; a port has thirteen. */
const ROWS_PER_STATEMENT = 75

async function inBatches<Item>(items: readonly Item[], write: (batch: readonly Item[]) => Promise<unknown> | undefined): Promise<void> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) await write(items.slice(start, start + ROWS_PER_STATEMENT))
}

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map((item) => item.id)

function minus(from: readonly LocalVlan[], taken: readonly LocalVlan[]): readonly LocalVlan[] {
  if (from === taken) return []
  const known = new Set(taken.map(renderCanonical))
  return from.filter((local) => !known.has(renderCanonical(local)))
}
