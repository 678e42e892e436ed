import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createEventHub } from './events'
import { onAbort } from './on-abort'
import { StopRequest } from './ssh/stop-request'

it('tells everybody who still listens, once', () => {
  const source = new AbortController()
  const told: string[] = []
  onAbort(source.signal, () => told.push('stays'))
  onAbort(source.signal, () => told.push('leaves'))()
  source.abort()
  source.abort()
  expect(told).toEqual(['stays'])
})

it('one signal for many captures and subscriptions draws no warning of a leak', async () => {
  const warnings: string[] = []
  const onWarning = (warning: Error) => void warnings.push(warning.message)
  process.on('warning', onWarning)
  try {
    const [captures, tabs] = [new AbortController(), new AbortController()]
    const stops = Array.from({ length: 20 }, () => new StopRequest(captures.signal))
    const hub = createEventHub()
    for (const _ of stops) hub.subscribe(['design'], tabs.signal)
    // Warnings are sent in the next turn.
    await delay(0)
    expect(warnings).toEqual([])
    stops.forEach((stop) => stop.dispose())
  } finally {
    process.off('warning', onWarning)
  }
})
