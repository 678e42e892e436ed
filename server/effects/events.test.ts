import { expect, it } from 'vitest'
import { type AppEvent, createEventHub } from './events'

const design = (version: number): AppEvent => ({ type: 'design', version, touched: {} })
const observation: AppEvent = { type: 'observation', hostId: 'h', observedAt: 'now' }

async function take<Item>(items: AsyncIterable<Item>, count: number): Promise<Item[]> {
  const taken: Item[] = []
  for await (const item of items) if (taken.push(item) === count) break
  return taken
}

it('loses nothing between subscribing and reading, and filters by type', async () => {
  const hub = createEventHub()
  const events = hub.subscribe(['design'], new AbortController().signal)
  for (const event of [design(1), observation, design(2)]) hub.publish(event)
  expect(await take(events, 2)).toEqual([design(1), design(2)])
})

it('serves every subscriber', async () => {
  const hub = createEventHub()
  const { signal } = new AbortController()
  const both = [hub.subscribe(['design'], signal), hub.subscribe(['design', 'observation'], signal)]
  hub.publish(observation)
  hub.publish(design(1))
  expect(await Promise.all([take(both[0]!, 1), take(both[1]!, 2)])).toEqual([[design(1)], [observation, design(1)]])
})

it('ends when the signal aborts, whether somebody waits or not', async () => {
  const hub = createEventHub()
  const controller = new AbortController()
  const waiting = take(hub.subscribe(['design'], controller.signal), 9)
  controller.abort()
  expect(await waiting).toEqual([])
  expect(await take(hub.subscribe(['design'], controller.signal), 9)).toEqual([])
})

it('counts what was published, each hub for itself', () => {
  const [hub, other] = [createEventHub(), createEventHub()]
  const before = hub.mark()
  hub.publish(observation)
  expect(hub.mark()).toEqual({ source: before.source, count: before.count + 1 })
  expect(other.mark().source).not.toBe(before.source)
})

it('gathers what comes within a pause, and loses nothing', async () => {
  const hub = createEventHub()
  const bursts = hub.gather(['design'], 20, new AbortController().signal)[Symbol.asyncIterator]()
  for (const version of [1, 2]) hub.publish(design(version))
  expect((await bursts.next()).value).toEqual([design(1), design(2)])
  const second = bursts.next()
  for (const version of [3, 4]) hub.publish(design(version))
  expect((await second).value).toEqual([design(3), design(4)])
  await bursts.return?.()
})

it('a burst that nobody waits for any more holds nothing up', async () => {
  const hub = createEventHub()
  const controller = new AbortController()
  const taken = take(hub.gather(['design'], 60_000, controller.signal), 9)
  hub.publish(design(1))
  await new Promise((resolve) => setTimeout(resolve))
  controller.abort()
  expect(await taken).toEqual([[design(1)]])
})
