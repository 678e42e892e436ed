// Field by field comparison. A field that the desired resource leaves undefined is nobody's business; what is printed is
// what people read in the plan.

import type { FieldChange } from '../plan/change'

type Printable = string | number | boolean | null | undefined | readonly (string | number)[] | Readonly<Record<string, string>>

function print(value: Printable): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return [...value].sort().join(', ')
  if (typeof value === 'object') {
    return Object.entries(value as Record<string, string>)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, text]) => `${key}=${text}`)
      .join(', ')
  }
  return String(value)
}

export type FieldPair = readonly [field: string, desired: Printable, observed: Printable]

/** One change per pair that differs in print. Every resource of every host comes by here, and nearly all fields are the same. */
export function compareFields(pairs: readonly FieldPair[]): FieldChange[] {
  const changes: FieldChange[] = []
  for (const [field, desired, observed] of pairs) {
    if (desired === undefined || desired === observed) continue
    const change = { field, from: print(observed), to: print(desired) }
    if ((change.from ?? '') !== (change.to ?? '')) changes.push(change)
  }
  return changes
}

/** Keys of a map that the desired side names; foreign keys in the same map are left alone. */
export function compareMap(
  field: string,
  desired: Readonly<Record<string, string>>,
  observed: Readonly<Record<string, string>>,
): FieldChange[] {
  const differing = Object.keys(desired).filter((key) => desired[key] !== observed[key])
  return compareFields(differing.map((key) => [`${field}:${key}`, desired[key], observed[key]]))
}
