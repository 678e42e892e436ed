// One field in which a packet differs from what was expected, and the comparison.

import type { AnyOf, ExpectedEncapsulation } from './expectation'
import type { SeenEncapsulation } from './headers'

export type MismatchField =
  | 'tag'
  | 'vni'
  | 'outer-source'
  | 'outer-destination'
  | 'outer-tag'
  | 'inner-tag'
  | 'protocol'
  | 'source-mac'
  | 'destination-mac'
  | 'source-ip'
  | 'destination-ip'
  | 'ttl'
  | 'icmp-id'
  | 'icmp-sequence'
  | 'dhcp-message'
  | 'dhcp-transaction'
  | 'dhcp-client'

/** null where the header has no such field, and should have none. */
type Seen = string | null

/** The kind of wrapping differs as a whole, any other field by its value; `expected`: any of them would do. */
export type Mismatch =
  | { readonly field: 'encapsulation'; readonly expected: Exclude<ExpectedEncapsulation, 'any'>; readonly seen: SeenEncapsulation }
  | { readonly field: MismatchField; readonly expected: readonly Seen[]; readonly seen: Seen }

type Value = string | number | null

export function compareValue(field: MismatchField, wanted: AnyOf<Value>, seen: Value | undefined): Mismatch[] {
  const allowed = [wanted].flat().map(comparable)
  if (allowed.includes(comparable(seen))) return []
  return [{ field, expected: allowed, seen: seen == null ? null : String(seen) }]
}

/** Addresses may be typed in capitals; packets are printed in small letters. */
function comparable(value: Value | undefined): Seen {
  return value == null ? null : String(value).toLowerCase()
}
