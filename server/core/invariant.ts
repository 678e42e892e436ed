// Bugs are thrown, expected failures are values. An invariant names what broke and the ids involved.

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}
