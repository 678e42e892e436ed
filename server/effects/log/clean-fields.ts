// What is logged, made plain and safe: errors with their context and causes, no secret, no bytes, bounded. A field that is named like
// a secret is left out wherever it stands, since an error of a library carries whatever it was called with.

const SECRET = /pass(word|phrase|wd)|secret|token|private_?key$|credential|authorization|cookie|stdin/i
const HIDDEN = '[hidden]'

/** Enough to see what it is; a reading of a host has megabytes. */
const MAX_TEXT = 8_000
const MAX_ITEMS = 100
const MAX_DEPTH = 8

export const cleanFields = (fields: object): Record<string, unknown> => cleanEntries(fields, 0)

function clean(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return cleanPrimitive(value)
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (value instanceof Error) return cleanError(value, depth)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Date) return value
  if (value instanceof Map) return cleanEntries(Object.fromEntries(value), depth)
  if (Array.isArray(value) || value instanceof Set) return [...value].slice(0, MAX_ITEMS).map((each) => clean(each, depth + 1))
  return cleanEntries(value, depth)
}

/** A function counts as one: it has nothing to tell but that it is one. */
function cleanPrimitive(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)} …` : value
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`
  return value
}

function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error
  return {
    type: name,
    ...cleanEntries({ message, stack }, depth),
    ...cleanEntries(error, depth),
    ...(cause !== undefined && { cause: clean(cause, depth + 1) }),
  }
}

function cleanEntries(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, MAX_ITEMS)
  return Object.fromEntries(entries.map(([name, each]) => [name, SECRET.test(name) ? HIDDEN : clean(each, depth + 1)]))
}
