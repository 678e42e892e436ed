// What the operator changed in a form → the patch the API takes. What was not changed is not sent, so that it stays whatever it
// has become meanwhile. Pure.

import { renderCanonical } from '@/server/core/topology/digest'

/** Both are patches of all fields: of the form as it opened, and as it is now. */
export function changedFields<Patch extends object>(before: Patch, now: Patch): Partial<Patch> {
  return pick(now, changedKeys(before, now))
}

/** With what the form showed in these fields: the server refuses the patch when they have become something else. */
export function changedSince<Patch extends object>(before: Patch, now: Patch): Partial<Patch> & { readonly seen: Partial<Patch> } {
  return { ...changedFields(before, now), seen: pick(before, changedKeys(before, now)) }
}

const changedKeys = <Patch extends object>(before: Patch, now: Patch): (keyof Patch)[] =>
  (Object.keys(now) as (keyof Patch)[]).filter((key) => renderCanonical(before[key]) !== renderCanonical(now[key]))

const pick = <Patch extends object>(from: Patch, keys: readonly (keyof Patch)[]): Partial<Patch> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<Patch>
