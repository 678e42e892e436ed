// What a paged question has brought so far, as one list with the way to the rest. A table draws it (ui/MoreRow.tsx).

import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'

import type { MoreRows } from '@/components/ui/MoreRow'
import type { Page } from '@/server/core/paging'

import { appError } from './app-error'

export interface PagedList<Item> {
  readonly rows: readonly Item[]
  readonly more: MoreRows
}

/** How a question that is answered page by page goes on. */
export const byPages = {
  getNextPageParam: <Cursor>({ nextCursor }: Pick<Page<unknown, Cursor>, 'nextCursor'>): Cursor | null => nextCursor,
}

/** Takes the place of `data` in what a QueryBoundary is given. */
export function pagedList<Item>(query: UseInfiniteQueryResult<InfiniteData<Page<Item, unknown>>, unknown>) {
  return { data: query.data && listed(query, query.data.pages), error: query.error, isFetching: query.isFetching, refetch: query.refetch }
}

function listed<Item>(query: UseInfiniteQueryResult<unknown, unknown>, pages: readonly Page<Item, unknown>[]): PagedList<Item> {
  const rows = pages.flatMap(({ items }) => items)
  return {
    rows,
    more: {
      shown: rows.length,
      total: pages[0]?.total ?? 0,
      hasMore: query.hasNextPage,
      isLoading: query.isFetchingNextPage,
      isRenewing: query.isFetching && !query.isFetchingNextPage,
      failure: query.isFetchNextPageError ? appError(query.error).message : null,
      load: () => void query.fetchNextPage({ cancelRefetch: false }),
    },
  }
}
