// A small fair semaphore for SSH channels: first come, first served, and a waiter that gives up leaves the queue.
// OpenSSH refuses session number MaxSessions + 1 of a connection (10 unless configured), with an error that looks like a
// broken host; staying below it turns that into a short wait.

import { AppError } from '@/server/core/app-error'
import { onAbort } from '../on-abort'

/** Commands and streams of a host at the same time: MaxSessions 10, less the reserve for ending them. */
export const MAX_COMMAND_CHANNELS = 8
/** Kept free so that a command can be ended while all command channels are taken. */
export const MAX_CONTROL_CHANNELS = 2

export type Release = () => void

interface Waiter {
  readonly grant: () => void
}

export class ChannelLimit {
  #active = 0
  readonly #waiters: Waiter[] = []

  constructor(private max: number) {}

  get active(): number {
    return this.#active
  }

  get waiting(): number {
    return this.#waiters.length
  }

  /** For hosts that allow less than OpenSSH does by default; never below one, and never up again. */
  lowerTo(max: number): void {
    this.max = Math.max(1, Math.min(this.max, max))
  }

  /** Resolves with the function that gives the place back; calling that twice is harmless. */
  async acquire(signal?: AbortSignal): Promise<Release> {
    if (signal?.aborted) throw cancelledWhileWaiting()
    if (this.#active >= this.max) await this.#wait(signal)
    else this.#active += 1
    return this.#releaseOnce()
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        grant: () => {
          forget?.()
          resolve()
        },
      }
      const giveUp = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(cancelledWhileWaiting())
      }
      const forget = signal && onAbort(signal, giveUp)
      this.#waiters.push(waiter)
    })
  }

  #releaseOnce(): Release {
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      // The place is handed over rather than freed, so that nobody who comes now can overtake the queue.
      const next = this.#active <= this.max ? this.#waiters.shift() : undefined
      if (next) next.grant()
      else this.#active -= 1
    }
  }
}

function cancelledWhileWaiting(): AppError {
  return new AppError('cancelled', 'The command was cancelled before it started; nothing was sent to the host.')
}
