// Runs pure work that pauses by itself, and lets everybody else have the event loop between two slices. A worker would have to copy
// what comes out, a state of tens of thousands of objects, on the loop that it is to spare.

import { setImmediate } from 'node:timers/promises'

/** Long enough that pausing costs nothing, short enough that nobody waits; the slices themselves take a few milliseconds. */
const SLICE_MS = 10

export async function inSlices<T>(steps: Generator<void, T>): Promise<T> {
  let start = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - start < SLICE_MS) continue
    await setImmediate()
    start = performance.now()
  }
}
