// Which columns of a table there is room for. Pure. In a table of fixed layout a column without a width gets what the others
// leave, which may be nothing; so secondary columns go, the last first, before the main one would.

export interface ColumnWidth {
  /** "96px" or "20%"; without it the column takes what is left. */
  readonly width?: string
  readonly isSecondary?: boolean
}

/** A name that is cut a little is still a name. */
const LEAST_OF_MAIN_PX = 150

/** Pixels at which every column of the list has its width, and those without one the least. */
export function neededWidth(columns: readonly ColumnWidth[]): number {
  let pixels = 0
  let share = 0
  for (const { width } of columns) {
    if (width === undefined) pixels += LEAST_OF_MAIN_PX
    else if (width.endsWith('%')) share += Number.parseFloat(width) / 100
    else pixels += Number.parseFloat(width)
  }
  return Math.ceil(pixels / (1 - Math.min(share, 0.9)))
}

/** `available` is null before the table was measured: then all are shown. */
export function fittingColumns<Column extends ColumnWidth>(columns: readonly Column[], available: number | null): readonly Column[] {
  let kept = columns
  while (available !== null && neededWidth(kept) > available) {
    const last = kept.findLast((column) => column.isSecondary)
    if (!last) break
    kept = kept.filter((column) => column !== last)
  }
  return kept
}
