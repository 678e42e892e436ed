// A page of rows. One row more than the page holds is asked for: whether it is there says whether there is a next page.

import type { PageQuery, TimeCursor } from '@/server/core/paging'

export const byLatest = [{ startedAt: 'desc' as const }, { id: 'desc' as const }]

/** Rows that began before the one at the cursor. The first condition is what the index is entered with. */
export const behind = (cursor: TimeCursor | null) =>
  cursor === null ? {} : { startedAt: { lte: cursor.startedAt }, OR: [{ startedAt: { lt: cursor.startedAt } }, { id: { lt: cursor.id } }] }

export const rowsFor = ({ limit }: Pick<PageQuery<unknown>, 'limit'>): number => limit + 1

export function cutPage<Row, Cursor>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): { readonly shown: readonly Row[]; readonly nextCursor: Cursor | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { shown, nextCursor: last === undefined ? null : cursorOf(last) }
}
