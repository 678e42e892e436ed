// How long the event loop is held while something works in slices: the longest turn of the loop, by the clock and in time of a processor.
// The second is what the first would be on a machine that does nothing else.

import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

export interface LongestTurn {
  readonly wallMs: number
  /** Of the thread that turns the loop. The kernel counts it in ticks of up to 4 ms. */
  readonly cpuMs: number
}

export async function whileTurning<T>(work: () => Promise<T>): Promise<LongestTurn & { readonly value: T }> {
  const state = { isWorking: true }
  const turns = longestTurn(state)
  try {
    const value = await work()
    await setImmediate()
    state.isWorking = false
    return { ...(await turns), value }
  } finally {
    state.isWorking = false
  }
}

async function longestTurn(state: { readonly isWorking: boolean }): Promise<LongestTurn> {
  const longest = { wallMs: 0, cpuMs: 0 }
  while (state.isWorking) {
    const [wall, cpu] = [performance.now(), threadMs()]
    await setImmediate()
    longest.cpuMs = Math.max(longest.cpuMs, threadMs() - cpu)
    longest.wallMs = Math.max(longest.wallMs, performance.now() - wall)
  }
  return longest
}

/** schedstat: nanoseconds on a processor, then what it waited, and how often. */
const threadMs = (): number => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6
