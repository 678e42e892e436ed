// Orders that kinds share.

/** By code unit: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

interface Named {
  readonly name: string
  readonly id: string
}

export const byName = (a: Named, b: Named): number => compareText(a.name, b.name) || compareText(a.id, b.id)
