// Lookups and small list operations that every rule and edit needs.

import type { SubPort, Trunk } from './kinds/trunk/trunk'
import type { Topology } from './topology'

interface Identified {
  readonly id: string
}

export const findById = <Item extends Identified>(items: readonly Item[], id: string | null | undefined): Item | null =>
  items.find((item) => item.id === id) ?? null

/** Everything but the object itself, so that a changed object is not compared with its former self. */
export const othersThan = <Item extends Identified>(items: readonly Item[], item: Identified): Item[] =>
  items.filter((each) => each.id !== item.id)

/** In place of the one with the same id, or at the end. */
export function put<Item extends Identified>(items: readonly Item[], item: Item): Item[] {
  const index = items.findIndex((each) => each.id === item.id)
  return index < 0 ? [...items, item] : items.with(index, item)
}

/** The trunk that a port is in as a subport, with its guest VLAN. */
export function subPortOf({ trunks }: Pick<Topology, 'trunks'>, portId: string): { readonly trunk: Trunk; readonly subPort: SubPort } | null {
  for (const trunk of trunks) {
    const subPort = trunk.subPorts.find((each) => each.portId === portId)
    if (subPort) return { trunk, subPort }
  }
  return null
}
