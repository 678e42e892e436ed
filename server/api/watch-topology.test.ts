import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTempApi, type TempApi } from './testing/temp-api'
import { watchTopology } from './watch-topology'

/** Longer than any test: what is told is told without it. */
const NEVER_MS = 60_000

let temp: TempApi
let stop: AbortController
beforeEach(async () => {
  temp = await openTempApi()
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await temp.remove()
})

function watch(pauseMs = 0) {
  const ticks = watchTopology(temp.ctx, stop.signal, pauseMs)
  return async () => (await ticks.next()).value?.tick
}

const hostRead = (hostId: string) => temp.events.publish({ type: 'observation', hostId, observedAt: 'now' })

it('tells first that it listens, then what each edit touched', async () => {
  const next = watch()
  expect(await next()).toMatchObject({ reasons: ['opened'], touched: 'everything' })
  const { id } = await temp.api.projects.create({ name: 'demo' })
  expect(await next()).toMatchObject({ reasons: ['design'], touched: { project: [id] } })
  stop.abort()
  expect(await next()).toBeUndefined()
})

it('tells what comes after silence at once, and together what comes within a pause', async () => {
  const next = watch(50)
  await next()
  hostRead('a')
  expect(await next()).toMatchObject({ reasons: ['observation'], touched: {} })
  const told = next()
  for (const hostId of ['b', 'c']) hostRead(hostId)
  temp.events.publish({ type: 'operation' })
  for (const id of ['p', 'q']) temp.events.publish({ type: 'design', version: 1, touched: { project: [id] } })
  expect(await told).toMatchObject({ reasons: ['observation', 'operation', 'design'], touched: { project: ['p', 'q'] } })
})

it('ends in the middle of a pause', async () => {
  const next = watch(NEVER_MS)
  await next()
  hostRead('a')
  await next()
  hostRead('b')
  const told = next()
  stop.abort()
  expect(await told).toBeUndefined()
})

it('says with each tick how far the news has come, so that who read before knows that he missed something', async () => {
  const before = temp.ctx.events.mark()
  const next = watch()
  expect((await next())?.news).toEqual(before)
  await temp.api.projects.create({ name: 'demo' })
  expect((await next())?.news).toEqual({ ...before, count: before.count + 1 })
})
