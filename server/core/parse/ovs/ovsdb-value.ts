// OVSDB's JSON for column values (RFC 7047 §5.1): an atom, ["uuid",…], ["set",[…]], ["map",[[k,v],…]]. A set of one is
// printed as the bare atom, an optional column that is unset as the empty set.
//
//   ["map",[["iface-id","f4513237-…"],["attached-mac","fa:16:3e:5e:1a:6f"]]]     ["set",[]]     ["uuid","1537…"]     4

export type OvsdbAtom = string | number | boolean

/** One row as its columns; values as they came, read with the functions below. */
export type OvsdbRow = ReadonlyMap<string, unknown>

const isAtom = (value: unknown): value is OvsdbAtom => ['string', 'number', 'boolean'].includes(typeof value)

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
  const list = taggedList(value, 'set') ?? (value === undefined ? [] : [value])
  return list.flatMap((item) => atomOf(item) ?? [])
}

export const optionalOf = (value: unknown): OvsdbAtom | null => setOf(value)[0] ?? null

export const textOf = (value: unknown): string | null => {
  const atom = optionalOf(value)
  return atom === null ? null : String(atom)
}

export const numberOf = (value: unknown): number | null => {
  const atom = optionalOf(value)
  return typeof atom === 'number' ? atom : null
}

export const textsOf = (value: unknown): readonly string[] => setOf(value).map(String)

export function mapOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(pairsOf(value).map(([key, item]) => [String(key), String(item)]))
}

export function numberMapOf(value: unknown): Readonly<Record<string, number>> {
  return Object.fromEntries(pairsOf(value).flatMap(([key, item]) => (typeof item === 'number' ? [[String(key), item]] : [])))
}

function pairsOf(value: unknown): readonly (readonly [OvsdbAtom, OvsdbAtom])[] {
  return (taggedList(value, 'map') ?? []).flatMap((pair) => {
    const key = Array.isArray(pair) ? atomOf(pair[0]) : null
    const item = Array.isArray(pair) ? atomOf(pair[1]) : null
    return key === null || item === null ? [] : [[key, item] as const]
  })
}
