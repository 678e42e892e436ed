import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTempApi, type TempApi } from './testing/temp-api'
import { watchTopology } from './watch-topology'

let temp: TempApi
beforeEach(async () => {
  temp = await openTempApi()
})
afterEach(() => temp.remove())

it('tells first that it listens, then what each edit touched', async () => {
  const stop = new AbortController()
  const ticks = watchTopology(temp.ctx, stop.signal)
  const next = async () => (await ticks.next()).value?.tick
  expect(await next()).toMatchObject({ reason: 'opened', touched: 'everything' })
  const { id } = await temp.api.projects.create({ name: 'demo' })
  expect(await next()).toMatchObject({ reason: 'design', touched: { project: [id] } })
  stop.abort()
  expect(await next()).toBeUndefined()
})

it('says with each tick how far the news has come, so that who read before knows that he missed something', async () => {
  const stop = new AbortController()
  const before = temp.ctx.events.mark()
  const ticks = watchTopology(temp.ctx, stop.signal)
  const next = async () => (await ticks.next()).value?.tick.news
  expect(await next()).toEqual(before)
  await temp.api.projects.create({ name: 'demo' })
  expect(await next()).toEqual({ ...before, count: before.count + 1 })
  stop.abort()
})
