import { describe, expect, it } from 'vitest'
import { ChannelLimit } from './channel-limit'

/** Settled promises only; nothing here needs real time. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

describe('ChannelLimit', () => {
  it('serves first come, first served, and never more than the limit', async () => {
    const limit = new ChannelLimit(2)
    const order: number[] = []
    const releases = await Promise.all([limit.acquire(), limit.acquire()])
    const waiting = [1, 2, 3].map((index) => limit.acquire().then((release) => (order.push(index), release)))
    await turns()
    expect([order, limit.active, limit.waiting]).toEqual([[], 2, 3])
    releases[0]?.()
    await turns()
    expect([order, limit.active, limit.waiting]).toEqual([[1], 2, 2])
    releases[1]?.()
    for (const release of waiting) (await release)()
    expect([order, limit.active, limit.waiting]).toEqual([[1, 2, 3], 0, 0])
  })

  it('does not let a newcomer overtake the queue', async () => {
    const limit = new ChannelLimit(1)
    const first = await limit.acquire()
    const order: string[] = []
    const queued = limit.acquire().then((release) => (order.push('queued'), release))
    first()
    const newcomer = limit.acquire().then((release) => (order.push('newcomer'), release))
    ;(await queued)()
    ;(await newcomer)()
    expect(order).toEqual(['queued', 'newcomer'])
  })

  it('lets a waiter leave the queue, and counts a double release once', async () => {
    const limit = new ChannelLimit(1)
    const release = await limit.acquire()
    const abort = new AbortController()
    const waiter = limit.acquire(abort.signal)
    abort.abort()
    await expect(waiter).rejects.toMatchObject({ code: 'cancelled' })
    release()
    release()
    expect([limit.active, limit.waiting]).toEqual([0, 0])
    await expect(limit.acquire(abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('ignores an abort after the place was given', async () => {
    const limit = new ChannelLimit(1)
    const first = await limit.acquire()
    const abort = new AbortController()
    const second = limit.acquire(abort.signal)
    first()
    await second
    abort.abort()
    expect([limit.active, limit.waiting]).toEqual([1, 0])
  })

  it('shrinks while in use, and not below one', async () => {
    const limit = new ChannelLimit(3)
    const held = await Promise.all([limit.acquire(), limit.acquire(), limit.acquire()])
    limit.lowerTo(0)
    const waiting = limit.acquire()
    held[0]?.()
    held[1]?.()
    await turns()
    expect([limit.active, limit.waiting]).toEqual([1, 1])
    held[2]?.()
    ;(await waiting)()
    expect(limit.active).toBe(0)
  })

  it('gives several places together, in the order of the queue, and holds none back while it waits', async () => {
    const limit = new ChannelLimit(5)
    const order: string[] = []
    const ask = (name: string, wanted: number) =>
      limit.acquireTogether(wanted).then((places) => (order.push(`${name} ${places.count}`), places))
    const first = await ask('first', 3)
    const [second, third] = [ask('second', 3), ask('third', 1)]
    await turns()
    expect([order, limit.active]).toEqual([['first 3'], 3])
    first.release()
    first.release()
    ;(await second).release()
    ;(await third).release()
    expect([order, limit.active]).toEqual([['first 3', 'second 3', 'third 1'], 0])
  })

  it('gives fewer where there are fewer, also to who waits already, and none where there are none', async () => {
    const limit = new ChannelLimit(5, 0)
    expect((await limit.acquireTogether(9)).count).toBe(5)
    const waiting = limit.acquireTogether(3)
    limit.lowerTo(-1)
    expect((await waiting).count).toBe(0)
    limit.reset()
    const abort = new AbortController()
    const [gone, next] = [limit.acquireTogether(2, abort.signal), limit.acquireTogether(0)]
    abort.abort()
    await expect(gone).rejects.toMatchObject({ code: 'cancelled' })
    expect((await next).count).toBe(0)
  })
})
