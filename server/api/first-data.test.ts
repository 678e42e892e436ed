import type { Query } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { localActor } from '@/server/core/rights/actor'
import { type FirstData, openFirstData } from './first-data'
import { openTempApi, type TempApi } from './testing/temp-api'

let temp: TempApi
beforeEach(async () => {
  temp = await openTempApi()
})
afterEach(() => temp.remove())

const keysOf = (data: FirstData): readonly Query['queryKey'][] => data.answered().state.queries.map(({ queryKey }) => queryKey)
const byPages = { getNextPageParam: <Cursor>({ nextCursor }: { readonly nextCursor: Cursor }): Cursor => nextCursor }

it('has the answers of the procedures, under the keys that the browser looks for', async () => {
  await temp.api.projects.create({ name: 'shop' })
  const data = openFirstData(temp.ctx)
  const { trpc, prefetch, prefetchPages } = data
  const [design] = await Promise.all([
    prefetch(trpc.topology.get.queryOptions()),
    prefetchPages(trpc.runs.list.infiniteQueryOptions({}, byPages)),
  ])
  expect(design?.topology.projects.map(({ name }) => name)).toEqual(['shop'])
  expect(keysOf(data)).toEqual([trpc.topology.get.queryKey(), trpc.runs.list.infiniteQueryKey({})])
})

it('asks once for what layout and page both show', async () => {
  const data = openFirstData(temp.ctx)
  const ask = () => data.prefetch(data.trpc.changes.list.queryOptions())
  const [first, second] = await Promise.all([ask(), ask()])
  expect(second).toBe(first)
  expect(await ask()).toBe(first)
})

it('leaves what fails to the browser', async () => {
  const data = openFirstData(temp.ctx)
  expect(await data.prefetch(data.trpc.runs.get.queryOptions({ id: temp.ctx.ids.uuid() }))).toBeUndefined()
  expect(keysOf(data)).toEqual([])
})

it('gives nobody what a request of theirs would not get', async () => {
  const data = openFirstData({ ...temp.ctx, actor: { ...localActor, rights: new Set() } })
  expect(await data.prefetch(data.trpc.topology.get.queryOptions())).toBeUndefined()
  expect(keysOf(data)).toEqual([])
})

it('waits for a moment only', async () => {
  const slow = await openTempApi({ pathEndpoints: () => new Promise(() => {}) })
  const data = openFirstData(slow.ctx, 20)
  await Promise.all([data.prefetch(data.trpc.paths.endpoints.queryOptions()), data.prefetch(data.trpc.topology.get.queryOptions())])
  expect(keysOf(data)).toEqual([data.trpc.topology.get.queryKey()])
  await slow.remove()
})

it('says how far the news had come before anything was read', async () => {
  const data = openFirstData(temp.ctx)
  await temp.api.projects.create({ name: 'shop' })
  await data.prefetch(data.trpc.topology.get.queryOptions())
  const { source, count } = temp.ctx.events.mark()
  expect(data.answered().news.source).toBe(source)
  expect(data.answered().news.count).toBeLessThan(count)
})
