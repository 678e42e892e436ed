// OVSDB's JSON for column values (RFC 7047, section 5.1): an atom, ["uuid",…], ["set",[…]], ["map",[[k,v],…]]. A set of one is
// printed as the bare atom, an optional column that is unset as the empty set.
//
//   ["map",[["iface-id","f4513237-…"],["attached-mac","fa:16:3e:5e:1a:6f"]]]     ["set",[]]     ["uuid","1537…"]     4

export type OvsdbAtom = string | number | boolean

/** One row: its columns by name, values as they came, read with the functions below. */
export interface OvsdbRow {
  get(column: string): unknown
  has(column: string): boolean
}

const isAtom = (value: unknown): value is OvsdbAtom => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

function taggedList(value: unknown, tag: string): readonly unknown[] | null {
  return Array.isArray(value) && value[0] === tag && Array.isArray(value[1]) ? value[1] : null
}

/** Atom, or the text of a UUID. */
function atomOf(value: unknown): OvsdbAtom | null {
  if (isAtom(value)) return value
  const isUuid = Array.isArray(value) && (value[0] === 'uuid' || value[0] === 'named-uuid') && typeof value[1] === 'string'
  return isUuid ? String(value[1]) : null
}

export function setOf(value: unknown): readonly OvsdbAtom[] {
  const atoms: OvsdbAtom[] = []
  for (const item of taggedList(value, 'set') ?? [value]) {
    const atom = atomOf(item)
    if (atom !== null) atoms.push(atom)
  }
  return atoms
}

/** Most columns are atoms, of which no list is made. */
const optionalOf = (value: unknown): OvsdbAtom | null => atomOf(value) ?? setOf(value)[0] ?? null

export const textOf = (value: unknown): string | null => {
  const atom = optionalOf(value)
  return atom === null ? null : String(atom)
}

export const numberOf = (value: unknown): number | null => {
  const atom = optionalOf(value)
  return typeof atom === 'number' ? atom : null
}

export const numbersOf = (value: unknown): readonly number[] => setOf(value).filter((atom) => typeof atom === 'number')

export const textsOf = (value: unknown): readonly string[] => setOf(value).map(String)

export const mapOf = (value: unknown): Readonly<Record<string, string>> => recordOf(value, String)

export const numberMapOf = (value: unknown): Readonly<Record<string, number>> =>
  recordOf(value, (item) => (typeof item === 'number' ? item : null))

/** Of a host's columns most maps are empty. Keys are whatever the host says: `__proto__` is one like any other. */
function recordOf<T>(value: unknown, read: (item: OvsdbAtom) => T | null): Readonly<Record<string, T>> {
  const pairs: (readonly [string, T])[] = []
  for (const pair of taggedList(value, 'map') ?? []) {
    const key = Array.isArray(pair) ? atomOf(pair[0]) : null
    const atom = Array.isArray(pair) ? atomOf(pair[1]) : null
    const item = atom === null ? null : read(atom)
    if (key !== null && item !== null) pairs.push([String(key), item])
  }
  return pairs.length === 0 ? {} : Object.fromEntries(pairs)
}
