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
})
