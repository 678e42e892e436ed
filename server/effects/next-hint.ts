// Waiting for something that happens, perhaps in another process: the hub is a hint, and time the certainty.

import type { AppEvent, EventHub } from './events'
import { onAbort } from './on-abort'

/** Resolves at the next such event, after that time, or when the signal aborts. Listening starts with the call. */
export async function nextHint(
  events: EventHub,
  types: readonly AppEvent['type'][],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController()
  const end = () => over.abort()
  const timer = setTimeout(end, timeoutMs)
  const forget = onAbort(signal, end)
  if (signal.aborted) end()
  const hints = events.subscribe(types, over.signal)[Symbol.asyncIterator]()
  await hints.next()
  await hints.return?.()
  clearTimeout(timer)
  forget()
}
