import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'

import type { Page } from '@/server/core/paging'

import { byPages, pagedList } from './paged-list'

type Query = UseInfiniteQueryResult<InfiniteData<Page<string, unknown>>, unknown>

const page = (items: readonly string[], total: number): Page<string, unknown> => ({ items, total, nextCursor: null })
/** What the list reads of a query, and no more. */
const queryOf = (query: Partial<Query>) =>
  ({ isFetching: false, isFetchingNextPage: false, isFetchNextPageError: false, hasNextPage: false, error: null, ...query }) as Query
const answered = (pages: readonly Page<string, unknown>[], query: Partial<Query> = {}) =>
  pagedList(queryOf({ data: { pages: [...pages], pageParams: [] }, ...query } as Partial<Query>)).data!

describe('a list that comes page by page', () => {
  it('is not there before its first page', () => expect(pagedList(queryOf({})).data).toBeUndefined())

  it('has the rows of all pages, and the number that the newest question found', () => {
    const { rows, more } = answered([page(['a', 'b'], 3), page(['c'], 3)])
    expect([rows, more.shown, more.total]).toEqual([['a', 'b', 'c'], 3, 3])
  })

  it('is empty where the first page is', () => expect(answered([page([], 0)])).toMatchObject({ rows: [], more: { shown: 0, total: 0 } }))

  it.each<[string, Partial<Query>, object]>([
    ['more is loaded', { isFetching: true, isFetchingNextPage: true }, { isLoading: true, isRenewing: false, failure: null }],
    ['what is there is asked for again', { isFetching: true }, { isLoading: false, isRenewing: true, failure: null }],
    ['nothing is on its way', { hasNextPage: true }, { isLoading: false, isRenewing: false, hasMore: true }],
    [
      'the next page failed',
      { isFetchNextPageError: true, error: new Error('x') } as Partial<Query>,
      { failure: 'The console’s server did not answer.' },
    ],
    ['the first page failed when it was asked for again', { error: new Error('x') } as Partial<Query>, { failure: null }],
  ])('says when %s', (_, query, more) => expect(answered([page(['a'], 2)], query).more).toMatchObject(more))

  it('waits for a question that is under way instead of asking a second time', () => {
    const asked: unknown[] = []
    const fetchNextPage = ((options: unknown) => asked.push(options)) as unknown as Query['fetchNextPage']
    answered([page(['a'], 2)], { fetchNextPage } as Partial<Query>).more.load()
    expect(asked).toEqual([{ cancelRefetch: false }])
  })
})

it('the next page begins where this one says', () => {
  expect([byPages.getNextPageParam({ nextCursor: 'c' }), byPages.getNextPageParam({ nextCursor: null })]).toEqual(['c', null])
})
