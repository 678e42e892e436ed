import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it } from 'vitest'

import { renewQueries } from './renew-queries'

const queryKey = ['design']

/** A server whose answers are read at once and arrive later. */
function slowServer() {
  let state = 'before'
  let fetches = 0
  const queryFn = async () => {
    fetches += 1
    const read = state
    await new Promise((resolve) => setTimeout(resolve, 20))
    return read
  }
  return { queryFn, change: () => (state = 'after'), count: () => fetches }
}

it('does not keep a first answer that was read before the change', async () => {
  const server = slowServer()
  const queryClient = new QueryClient()
  const stop = new QueryObserver(queryClient, { queryKey, queryFn: server.queryFn, staleTime: Infinity }).subscribe(() => undefined)
  server.change()
  await renewQueries(queryClient, { queryKey })
  expect(queryClient.getQueryData(queryKey)).toBe('after')
  stop()
})

it('shares one fetch between those who wait together', async () => {
  const server = slowServer()
  const queryClient = new QueryClient()
  const stop = new QueryObserver(queryClient, { queryKey, queryFn: server.queryFn, staleTime: Infinity }).subscribe(() => undefined)
  server.change()
  await Promise.all([renewQueries(queryClient, { queryKey }), renewQueries(queryClient, { queryKey })])
  expect([server.count(), queryClient.getQueryData(queryKey)]).toEqual([2, 'after'])
  stop()
})
