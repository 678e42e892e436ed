// The order in which an operator looks for something: g2 before g10, 10.0.0.9 before 10.0.0.10, and what is not there last.

export type SortValue = string | number | boolean | null | undefined

/** g2 before g10. */
export const compareNames = new Intl.Collator('en', { numeric: true }).compare

export function compareNaturally(left: SortValue, right: SortValue): number {
  if (isAbsent(left) || isAbsent(right)) return Number(isAbsent(left)) - Number(isAbsent(right))
  if (typeof left === 'string' || typeof right === 'string') return compareNames(String(left), String(right))
  return Number(left) - Number(right)
}

const isAbsent = (value: SortValue): value is null | undefined | '' => value === null || value === undefined || value === ''
