// Lookups by id and small list operations that every rule and edit needs. What is found by anything else: lookup.ts.

import { oncePer } from '../once-per'

interface Identified {
  readonly id: string
}

const placesById = oncePer((items: readonly Identified[]) => {
  const places = new Map<string, number>()
  for (const [place, { id }] of items.entries()) if (!places.has(id)) places.set(id, place)
  return places
})

/** Looked up in an index of the list, made at the first question: ask it of lists that last, as those of a topology. */
export function findById<Item extends Identified>(items: readonly Item[], id: string | null | undefined): Item | null {
  const place = id == null ? undefined : placesById(items).get(id)
  return place === undefined ? null : (items[place] ?? null)
}

/** Those of the ids, in the order of the list: few of many. */
export function findInOrder<Item extends Identified>(items: readonly Item[], ids: readonly string[]): readonly Item[] {
  const places = placesById(items)
  return ids
    .flatMap((id) => places.get(id) ?? [])
    .sort((one, other) => one - other)
    .map((place) => items[place]!)
}

/** Everything but the object itself, so that a changed object is not compared with its former self. */
export const othersThan = <Item extends Identified>(items: readonly Item[], item: Identified): Item[] =>
  items.filter((each) => each.id !== item.id)

export const isOther =
  (item: Identified) =>
  (each: Identified): boolean =>
    each.id !== item.id

/** In place of the one with the same id, or at the end. */
export function put<Item extends Identified>(items: readonly Item[], item: Item): Item[] {
  const index = items.findIndex((each) => each.id === item.id)
  return index < 0 ? [...items, item] : items.with(index, item)
}

/** The same list where every item stays the same, so that whoever compares sees at once that nothing changed. */
export function mapChanged<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const next = items.map(change)
  return next.every((item, index) => item === items[index]) ? items : next
}
