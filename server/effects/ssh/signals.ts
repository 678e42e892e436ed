// AbortSignals joined and waited for. AbortSignal.any would do the joining, but in Node 20 it keeps something of every
// joined signal for as long as the longest-living one lives, and a link's own signal lives for days.

import { setMaxListeners } from 'node:events'
import { AppError } from '@/server/core/app-error'

export interface LinkedSignal {
  readonly signal: AbortSignal
  /** Takes the listeners away again. */
  readonly dispose: () => void
}

/** A signal that aborts with the first of both. */
export function linkSignals(a: AbortSignal | undefined, b: AbortSignal): LinkedSignal {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const sources = a === undefined ? [b] : [a, b]
  // One signal may rightly cancel hundreds of commands; each takes its listener away again, so there is nothing to warn of.
  setMaxListeners(0, ...sources)
  if (sources.some((source) => source.aborted)) abort()
  for (const source of sources) source.addEventListener('abort', abort, { once: true })
  const dispose = () => sources.forEach((source) => source.removeEventListener('abort', abort))
  return { signal: controller.signal, dispose }
}

/** Waits for the promise, but rejects with `cancelled` as soon as the signal aborts. The promise itself goes on. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let onAbort: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new AppError('cancelled', 'Cancelled before the command started; nothing was sent to the host.'))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
