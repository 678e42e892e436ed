// What an edit changed, so that who watches the design asks again only for what that concerns.

import { findById } from './find'
import { itemsOf, kindNames } from './kinds/kinds'
import type { Kind, ObjectOf, Topology } from './topology'

/** Ids by kind, of what came, changed and went; kinds without any are left out. `everything` is more than is worth telling. */
export type Touched = { readonly [K in Kind]?: readonly string[] } | 'everything'

/** Ids in one event, which goes to every browser. */
export const MAX_TOUCHED = 200

export function listTouched(before: Topology, after: Topology): Touched {
  const byKind = kindNames.flatMap((kind) => {
    const ids = touchedOf(kind, before, after)
    return ids.length === 0 ? [] : [[kind, ids] as const]
  })
  return bounded(Object.fromEntries(byKind))
}

/** Of several edits. */
export function joinTouched(all: readonly Touched[]): Touched {
  const byKind: { [K in Kind]?: readonly string[] } = {}
  for (const touched of all) {
    if (touched === 'everything') return 'everything'
    for (const kind of kindNames) if (touched[kind]) byKind[kind] = [...new Set([...(byKind[kind] ?? []), ...touched[kind]])]
  }
  return bounded(byKind)
}

const bounded = (byKind: Exclude<Touched, 'everything'>): Touched =>
  Object.values(byKind).reduce((sum, ids) => sum + ids.length, 0) > MAX_TOUCHED ? 'everything' : byKind

function touchedOf<K extends Kind>(kind: K, before: Topology, after: Topology): readonly string[] {
  const [former, present] = [itemsOf(before, kind), itemsOf(after, kind)]
  if (former === present) return []
  return [...missingFrom(former, present), ...former.filter(({ id }) => findById(present, id) === null)].map(({ id }) => id)
}

/** What an edit did not touch is the same object. */
const missingFrom = <K extends Kind>(former: readonly ObjectOf[K][], present: readonly ObjectOf[K][]): readonly ObjectOf[K][] =>
  present.filter((item, index) => item !== former[index] && item !== findById(former, item.id))
