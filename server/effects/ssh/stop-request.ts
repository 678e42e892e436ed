// The reasons to end a command early, gathered into one promise: its time-out, the caller's AbortSignal, too much output,
// a caller's own stop. The first reason wins. dispose() takes the timer and the listener away again.

import { onAbort } from '../on-abort'
import { deferred } from './deferred'

export type StopReason =
  | 'timed_out'
  | 'cancelled'
  | 'output_too_large'
  /** The consumer has what it wants; not a failure. */
  | 'stopped'
  /** The caller's own output handler threw. */
  | 'handler_failed'

/** Longer delays overflow setTimeout and would fire at once; such a command simply has no time-out. */
const MAX_TIMER_MS = 2 ** 31 - 1

export class StopRequest {
  readonly #requested = deferred<StopReason>()
  readonly #forget: () => void
  #cause: unknown
  #timer: NodeJS.Timeout | undefined

  constructor(signal: AbortSignal | undefined) {
    if (signal?.aborted) this.request('cancelled')
    this.#forget = signal ? onAbort(signal, () => this.request('cancelled')) : () => undefined
  }

  get requested(): Promise<StopReason> {
    return this.#requested.promise
  }

  /** What made the stop necessary, when that was an error. */
  get cause(): unknown {
    return this.#cause
  }

  request(reason: StopReason, cause?: unknown): void {
    this.#cause ??= cause
    this.#requested.resolve(reason)
  }

  /** The time-out counts from here: waiting for a free channel is not the command's fault. */
  startTimer(timeoutMs: number): void {
    clearTimeout(this.#timer)
    if (timeoutMs <= MAX_TIMER_MS) this.#timer = setTimeout(() => this.request('timed_out'), timeoutMs)
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#forget()
  }
}
