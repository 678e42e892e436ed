// Long lists, page by page. A page begins behind the last row of the one before (keyset), so that it costs the same wherever it is, and
// rows that come in at the front meanwhile neither repeat a row nor hide one.

/** Rows of a page when nobody asks for another number: two screens. */
export const PAGE_SIZE = 100
export const MAX_PAGE_SIZE = 200

export interface PageQuery<Cursor> {
  readonly limit: number
  /** `nextCursor` of the page before; null for the first. */
  readonly cursor: Cursor | null
}

export interface Page<Item, Cursor> {
  readonly items: readonly Item[]
  /** null behind the last row. */
  readonly nextCursor: Cursor | null
  /** Rows of the whole list at this moment. */
  readonly total: number
}

/** Of lists with the latest first. Two may have begun in the same millisecond. */
export interface TimeCursor {
  readonly startedAt: string
  readonly id: string
}
