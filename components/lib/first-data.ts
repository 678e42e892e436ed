// Which of the answers that came with a page are still true. A page may come late: from the router's memory when somebody goes back, or
// behind news that overtook it. What the browser has is kept true by the news (use-live-data.ts) and is never replaced by it.

import type { DehydratedState, QueryClient } from '@tanstack/react-query'

import { isBehind, isSameMark, type NewsMark } from '@/server/core/news'

interface Told {
  /** Up to here the browser knows what changed. */
  readonly news: NewsMark
  /** By the console itself; until then it is the mark of the first page. */
  readonly isListening: boolean
}

const toldTo = new WeakMap<QueryClient, Told>()

export interface TakenData {
  readonly state: DehydratedState
  /** It came with the document, a moment ago. */
  readonly isFirst: boolean
}

export function takeFirstData(queryClient: QueryClient, state: DehydratedState, news: NewsMark): TakenData {
  const told = toldTo.get(queryClient)
  if (!told) toldTo.set(queryClient, { news, isListening: false })
  else if (isBehind(news, told.news)) return { state: { ...state, queries: [] }, isFirst: false }
  const cache = queryClient.getQueryCache()
  const queries = state.queries.filter(({ queryHash }) => cache.get(queryHash)?.state.data === undefined)
  return { state: { ...state, queries }, isFirst: told?.isListening !== true }
}

/** Says whether something may have been missed: at a first connection only what was told since the first page was read. */
export function noteNews(queryClient: QueryClient, news: NewsMark): { readonly hasMissed: boolean } {
  const told = toldTo.get(queryClient)
  toldTo.set(queryClient, { news, isListening: true })
  return { hasMissed: !told || told.isListening || !isSameMark(told.news, news) }
}

/** Whoever reckons with the time of an answer means the browser's clock, not that of the console. */
export function keepBrowserTime(queryClient: QueryClient, { queries }: DehydratedState): void {
  for (const { queryHash, state } of queries) {
    const query = queryClient.getQueryCache().get(queryHash)
    if (query?.state.dataUpdatedAt === state.dataUpdatedAt) query.setState({ dataUpdatedAt: Date.now() })
  }
}
