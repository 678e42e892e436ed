// Rows of a form, told apart while some come and go.

export interface KeyedRow {
  /** Only for React's keys. */
  readonly key: number
}

export const nextKey = (rows: readonly KeyedRow[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1
