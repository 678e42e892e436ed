import { describe, expect, it } from 'vitest'
import { linkSignals, untilAborted } from './signals'
import { StopRequest } from './stop-request'

describe('linkSignals', () => {
  it.each([0, 1])('aborts with signal %i of two', (index) => {
    const sources = [new AbortController(), new AbortController()] as const
    const { signal } = linkSignals(sources[0].signal, sources[1].signal)
    expect(signal.aborted).toBe(false)
    sources[index]?.abort()
    expect(signal.aborted).toBe(true)
  })

  it('is aborted from the start when one already is, and lets go when disposed of', () => {
    const source = new AbortController()
    const linked = linkSignals(undefined, source.signal)
    linked.dispose()
    source.abort()
    expect(linked.signal.aborted).toBe(false)
    expect(linkSignals(undefined, source.signal).signal.aborted).toBe(true)
  })
})

describe('untilAborted', () => {
  it('gives the value, or cancelled', async () => {
    const source = new AbortController()
    expect(await untilAborted(source.signal, Promise.resolve(7))).toBe(7)
    const waiting = untilAborted(source.signal, new Promise(() => undefined))
    source.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('StopRequest', () => {
  it('keeps the first reason', async () => {
    const abort = new AbortController()
    const stop = new StopRequest(abort.signal)
    stop.request('stopped')
    abort.abort()
    expect(await stop.requested).toBe('stopped')
  })

  it('reports the time-out, and a signal that was aborted before', async () => {
    const stop = new StopRequest(undefined)
    stop.startTimer(1)
    expect(await stop.requested).toBe('timed_out')
    expect(await new StopRequest(AbortSignal.abort()).requested).toBe('cancelled')
  })

  it('takes an endless time-out as none', async () => {
    const stop = new StopRequest(undefined)
    stop.startTimer(Number.POSITIVE_INFINITY)
    stop.startTimer(2 ** 40)
    const first = await Promise.race([stop.requested, new Promise((resolve) => setTimeout(resolve, 20, 'none'))])
    expect(first).toBe('none')
  })
})
