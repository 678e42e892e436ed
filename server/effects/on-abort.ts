// Listening to an AbortSignal. One signal may rightly cancel hundreds of commands, captures and subscriptions, and each takes
// its listener away again, so Node's warning at the eleventh (a leak?) would cry wolf.

import { setMaxListeners } from 'node:events'

/** Calls back once when the signal aborts; not for one that already has. The answer takes the listener away. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  setMaxListeners(0, signal)
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}

/** To race what may take long against: rejects with the signal's reason. `stop` takes the listener away. */
export function untilAborted(signal: AbortSignal): { readonly aborted: Promise<never>; readonly stop: () => void } {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => (stop = onAbort(signal, () => reject(signal.reason))))
  return { aborted, stop }
}
