// AbortSignals joined and waited for. AbortSignal.any would do the joining, but in Node 20 it keeps something of every
// joined signal for as long as the longest-living one lives, and a link's own signal lives for days.

import { AppError } from '@/server/core/app-error'
import { onAbort } from '../on-abort'

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
  if (sources.some((source) => source.aborted)) abort()
  const forgets = sources.map((source) => onAbort(source, abort))
  return { signal: controller.signal, dispose: () => forgets.forEach((forget) => forget()) }
}

/** Waits for the promise, but rejects with `cancelled` as soon as the signal aborts. The promise itself goes on. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let forget = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const refuse = () => reject(new AppError('cancelled', 'Cancelled before the command started; nothing was sent to the host.'))
    if (signal.aborted) refuse()
    forget = onAbort(signal, refuse)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    forget()
  }
}
