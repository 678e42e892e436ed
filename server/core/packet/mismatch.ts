// One field in which a packet differs from what was expected, and the comparison.

/** Field names as they stand in a sentence. */
export type MismatchField =
  | 'encapsulation'
  | 'tag'
  | 'VNI'
  | 'outer source'
  | 'outer destination'
  | 'outer tag'
  | 'inner tag'
  | 'protocol'
  | 'source MAC'
  | 'destination MAC'
  | 'source IP'
  | 'destination IP'
  | 'TTL'
  | 'ICMP id'
  | 'ICMP sequence'
  | 'DHCP message'
  | 'DHCP transaction'
  | 'DHCP client'

export interface Mismatch {
  readonly field: MismatchField
  readonly expected: string
  /** `nothing` where the header has no such field. */
  readonly seen: string
}

/** One value, or any of several: an offer goes to the offered address or to everyone. */
export type AnyOf<T> = T | readonly T[]

type Value = string | number

export function compareValue(field: MismatchField, wanted: AnyOf<Value>, seen: Value | undefined): Mismatch[] {
  const allowed = [wanted].flat().map(comparable)
  if (seen !== undefined && allowed.includes(comparable(seen))) return []
  return [{ field, expected: allowed.join(' or '), seen: seen === undefined ? 'nothing' : String(seen) }]
}

/** Addresses may be typed in capitals; packets are printed in small letters. */
function comparable(value: Value): string {
  return String(value).toLowerCase()
}
