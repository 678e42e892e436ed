// What the topology writer needs of each noun's table. Rows are plain copies of the model's objects; parts are the rows an
// object owns in other tables (addresses of a port, mappings of a host), rewritten whenever the object changes.

import type { Tx } from '../database'

export interface Table<Item> {
  load(tx: Tx): Promise<Item[]>
  removeParts?(tx: Tx, ids: readonly string[]): Promise<unknown>
  remove(tx: Tx, ids: readonly string[]): Promise<unknown>
  /** Frees the unique values of an object that changes, so that two objects may swap them. */
  park?(tx: Tx, id: string): Promise<unknown>
  update(tx: Tx, item: Item): Promise<unknown>
  create(tx: Tx, items: readonly Item[]): Promise<unknown>
  createParts?(tx: Tx, items: readonly Item[]): Promise<unknown>
}

export const inIds = (ids: readonly string[]) => ({ in: [...ids] })
/** No object is ever called this: a UUID follows. */
export const parked = (id: string): string => `parked:${id}`

/** Parts by the object that owns them. Whole tables are read: a relation query would name every owner in one statement. */
export function groupParts<Part>(parts: readonly Part[], ownerOf: (part: Part) => string): (ownerId: string) => readonly Part[] {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const group = groups.get(ownerOf(part))
    if (group) group.push(part)
    else groups.set(ownerOf(part), [part])
  }
  return (ownerId) => groups.get(ownerId) ?? []
}

export const inOrder = { orderBy: { position: 'asc' } } as const
