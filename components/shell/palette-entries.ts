// What the palette finds: objects of the design by name, UUID prefix, MAC, address and device name. Pure.

import { hrefOf } from '@/components/lib/routes'
import { capitalise } from '@/server/core/explain/words'
import { designObjects, detailOf, keysOf, kindNames, kindOf, labelOf } from '@/server/core/topology/kinds/kinds'
import type { Topology } from '@/server/core/topology/topology'

export interface PaletteEntry {
  readonly id: string
  readonly group: string
  readonly label: string
  /** Second, quieter text: where it is. */
  readonly hint: string
  /** Everything else it is found by, lower case. */
  readonly keys: readonly string[]
  readonly href: string
}

export interface PaletteHit {
  readonly entry: PaletteEntry
  /** The key that matched, when it was neither label nor hint: shown, so that the hit explains itself. */
  readonly by: string | null
}

const HIT_LIMIT = 40

export const paletteEntries = (topology: Topology): PaletteEntry[] =>
  kindNames.flatMap((kind) =>
    designObjects(topology, kind).map((object) => ({
      id: object.item.id,
      group: capitalise(kindOf(kind).words.many),
      label: labelOf(topology, object),
      hint: detailOf(topology, object),
      keys: [object.item.id, ...keysOf(topology, object)].map((key) => key.toLowerCase()),
      href: hrefOf(kind, object.item.id),
    })),
  )

/** Prefixes first, then anything that contains the words. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteHit[] {
  const text = query.trim().toLowerCase()
  if (text === '') return entries.slice(0, HIT_LIMIT).map((entry) => ({ entry, by: null }))
  return entries
    .map((entry) => ({ entry, ...rank(entry, text) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, HIT_LIMIT)
    .map(({ entry, by }) => ({ entry, by }))
}

function rank(entry: PaletteEntry, text: string): { readonly score: number; readonly by: string | null } {
  const shown = [entry.label.toLowerCase(), entry.hint.toLowerCase()]
  if (shown.some((each) => each.startsWith(text))) return { score: 3, by: null }
  const key = entry.keys.find((each) => each.startsWith(text))
  if (key) return { score: 2, by: key }
  if (shown.some((each) => each.includes(text))) return { score: 1, by: null }
  const part = text.length > 2 ? entry.keys.find((each) => each.includes(text)) : undefined
  return { score: part ? 1 : 0, by: part ?? null }
}
