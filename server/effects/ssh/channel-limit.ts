// A small fair semaphore for SSH channels: first come, first served, and a waiter that gives up leaves the queue.
// OpenSSH refuses session number MaxSessions + 1 of a connection (10 unless configured), with an error that looks like a
// broken host; staying below it turns that into a short wait. Several places are taken together or not at all, so that
// two who need several never hold some and wait for the rest.

import { AppError } from '@/server/core/app-error'
import { onAbort } from '../on-abort'

/** Commands and streams of a host at the same time: MaxSessions 10, less the reserve for ending them. */
export const MAX_COMMAND_CHANNELS = 8
/** Kept free so that a command can be ended while all command channels are taken. */
export const MAX_CONTROL_CHANNELS = 2
/** Streams stay for as long as somebody listens, commands for a moment: a reading or a plan never waits behind captures. */
export const MAX_STREAM_CHANNELS = 5

export type Release = () => void

export interface Places {
  /** As many as were wanted, or as many as there are at all. */
  readonly count: number
  /** Gives them back; calling that twice is harmless. */
  readonly release: Release
}

interface Waiter {
  readonly wanted: number
  readonly grant: (count: number) => void
}

export class ChannelLimit {
  #active = 0
  #max: number
  readonly #waiters: Waiter[] = []

  constructor(
    private readonly usual: number,
    private readonly least: 0 | 1 = 1,
  ) {
    this.#max = usual
  }

  get active(): number {
    return this.#active
  }

  get waiting(): number {
    return this.#waiters.length
  }

  /** For hosts that allow less than OpenSSH does by default. */
  lowerTo(max: number): void {
    this.#max = Math.max(this.least, Math.min(this.#max, max))
    this.#serve()
  }

  /** A new connection may be to a host whose sshd was configured anew. */
  reset(): void {
    this.#max = this.usual
    this.#serve()
  }

  async acquire(signal?: AbortSignal): Promise<Release> {
    return (await this.acquireTogether(1, signal)).release
  }

  /** Resolves when all of them are free. */
  async acquireTogether(wanted: number, signal?: AbortSignal): Promise<Places> {
    if (signal?.aborted) throw cancelledWhileWaiting()
    const isNext = this.#waiters.length === 0 && this.#fits(wanted)
    const count = isNext ? this.#take(wanted) : await this.#wait(wanted, signal)
    return { count, release: this.#releaseOnce(count) }
  }

  #fits(wanted: number): boolean {
    const count = Math.min(wanted, this.#max)
    return count === 0 || this.#active + count <= this.#max
  }

  #take(wanted: number): number {
    const count = Math.min(wanted, this.#max)
    this.#active += count
    return count
  }

  #wait(wanted: number, signal: AbortSignal | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        wanted,
        grant: (count) => {
          forget?.()
          resolve(count)
        },
      }
      const giveUp = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(cancelledWhileWaiting())
        // Who stood behind somebody who wanted many may fit.
        this.#serve()
      }
      const forget = signal && onAbort(signal, giveUp)
      this.#waiters.push(waiter)
    })
  }

  /** In their order: nobody who wants little overtakes somebody who wants much, who would never come to it. */
  #serve(): void {
    for (let next = this.#waiters[0]; next && this.#fits(next.wanted); next = this.#waiters[0]) {
      this.#waiters.shift()
      next.grant(this.#take(next.wanted))
    }
  }

  #releaseOnce(count: number): Release {
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#active -= count
      this.#serve()
    }
  }
}

function cancelledWhileWaiting(): AppError {
  return new AppError('cancelled', 'The command was cancelled before it started; nothing was sent to the host.')
}
