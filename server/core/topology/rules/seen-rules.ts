// Two people, one object: whoever changes a field tells what it was when they looked. If it is something else by now, the edit is
// refused, so that nobody undoes what they never saw.

import { renderCanonical } from '../digest'
import { printItem } from '../kinds/kinds'
import type { Kind, ObjectOf, Topology } from '../topology'
import { conflict, type Violation } from '../violation'

/** Without `seen` nothing is asked. Both having wanted the same is no conflict. */
export function checkSeen<K extends Kind>(
  topology: Topology,
  kind: K,
  before: ObjectOf[K],
  { seen = {}, ...patch }: { readonly seen?: object | undefined },
): Violation[] {
  const [now, wanted] = [valuesOf(before), valuesOf(patch)]
  return Object.entries(seen).flatMap(([field, value]) => {
    const isSame = ORDERED.has(field) ? isSameInOrder : isSameSet
    if (isSame(now.get(field), value) || isSame(now.get(field), wanted.get(field))) return []
    const print = (object: ObjectOf[K]) => printItem(kind, object, topology)
    const [printed, former] = [print(before), print({ ...before, [field]: value })]
    const words = Object.keys({ ...former, ...printed }).find((each) => (printed[each] ?? null) !== (former[each] ?? null))
    const change = words === undefined ? null : { field: words, was: former[words] ?? null, is: printed[words] ?? null }
    return [conflict('changed-meanwhile', field, { change }, [])]
  })
}

const valuesOf = (object: object): ReadonlyMap<string, unknown> => new Map(Object.entries(object))
/** eth0, eth1, …: the order says which. */
const ORDERED: ReadonlySet<string> = new Set(['portIds'])
const isSameInOrder = (a: unknown, b: unknown): boolean => renderCanonical(a ?? null) === renderCanonical(b ?? null)
/** The order of any other list is no change, and what is absent is the same as null, an empty text or an empty list. */
const isSameSet = (a: unknown, b: unknown): boolean => renderValue(a) === renderValue(b)
const renderValue = (value: unknown): string =>
  Array.isArray(value) ? value.map(renderCanonical).toSorted().join() : value == null || value === '' ? '' : renderCanonical(value)
