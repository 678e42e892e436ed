// What was chosen, or the rule that says why nothing could be.

import type { Violation } from '../violation'

export type Allocated<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly violation: Violation }

export function lowestFree(first: number, last: number, taken: ReadonlySet<number>): number | null {
  for (let candidate = first; candidate <= last; candidate += 1) if (!taken.has(candidate)) return candidate
  return null
}
