import { describe, expect, it } from 'vitest'
import { ByteQueue } from './byte-queue'

const MIB = 1024 * 1024

function recorded() {
  const events: string[] = []
  const queue = new ByteQueue(() => events.push('left'))
  queue.connect({ pause: () => events.push('pause'), resume: () => events.push('resume') })
  return { queue, events }
}

describe('ByteQueue', () => {
  it('asks the sender to wait while the reader is behind', async () => {
    const { queue, events } = recorded()
    queue.push(new Uint8Array(MIB - 1))
    expect(events).toEqual([])
    queue.push(new Uint8Array(1))
    expect(events).toEqual(['pause'])
    const reader = queue[Symbol.asyncIterator]()
    expect((await reader.next()).value?.length).toBe(MIB)
    expect(events).toEqual(['pause', 'resume'])
  })

  it('wakes a waiting reader, for bytes and for the end', async () => {
    const { queue, events } = recorded()
    const reader = queue[Symbol.asyncIterator]()
    const first = reader.next()
    queue.push(Buffer.from('a'))
    expect(Buffer.from((await first).value ?? []).toString()).toBe('a')
    const second = reader.next()
    queue.end()
    expect((await second).done).toBe(true)
    expect(events.at(-1)).toBe('left')
  })

  it('gives what is there before the error', async () => {
    const { queue } = recorded()
    queue.push(Buffer.from('last words'))
    queue.end(new Error('lost'))
    queue.end()
    const reader = queue[Symbol.asyncIterator]()
    expect(Buffer.from((await reader.next()).value ?? []).toString()).toBe('last words')
    await expect(reader.next()).rejects.toThrow('lost')
  })

  it('tells when the reader leaves early', async () => {
    const { queue, events } = recorded()
    queue.push(Buffer.from('a'))
    for await (const _ of queue) break
    expect(events.at(-1)).toBe('left')
  })

  it('takes all while flushing, up to a bound', () => {
    const { queue, events } = recorded()
    queue.flush()
    queue.push(new Uint8Array(8 * MIB))
    expect([events, queue.isTruncated]).toEqual([['resume'], false])
    queue.push(new Uint8Array(1))
    expect([events, queue.isTruncated]).toEqual([['resume'], true])
  })
})
