// A reading on its way into the store and back, for a host with 1,000 ports and 20,000 flows: how much room it takes, and how long the
// event loop is held meanwhile. The rival is the same reading as one piece of JSON: its length, and what writing or reading that holds
// the loop.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { packReading } from '@/server/effects/db/pack-reading'
import { openTempStore } from '@/server/effects/db/testing/temp-store'
import { observeHost } from '@/server/reconcile/observe'
import { fasterThanRival, median, medianMs, noBar, type Bench, type Measured } from './lib/bench'
import { largeReadSession, NONCE } from './lib/large-reading'

const PORTS = 1000
const ROUNDS = 9

export const bench: Bench = { about: 'a reading of 1,000 ports and 20,000 flows into the store and back', needs: [], run: measure }

async function measure(): Promise<readonly Measured[]> {
  const reading = await observeHost(largeReadSession(PORTS, 0), 'bench', { clock: { now: () => new Date(0) }, nonce: NONCE })
  const temp = await openTempStore()
  try {
    // The database client compiles itself at its first statement.
    await temp.store.observations.save({ ...reading, hostId: 'first' })
    const stored = await timed(() => temp.store.observations.save(reading))
    const loaded = await timed(() => temp.store.observations.load('bench'))
    const json = JSON.stringify(reading)
    const writeMs = await medianMs(ROUNDS, () => JSON.stringify(reading))
    const readMs = await medianMs(ROUNDS, () => JSON.parse(json))
    const kB = (await packReading(reading)).length / 1000
    return [
      fasterThanRival(10, { case: 'room in the store (kB)', ours: kB, rival: json.length / 1000 }),
      noBar({ case: 'handed in until stored (ms)', ours: stored.ms }),
      noBar({ case: 'event loop held at most, while it is stored (ms)', ours: stored.heldMs, rival: writeMs }),
      noBar({ case: 'out of the store (ms)', ours: loaded.ms }),
      noBar({ case: 'event loop held at most, while it is taken out (ms)', ours: loaded.heldMs, rival: readMs }),
    ]
  } finally {
    await temp.remove()
  }
}

async function timed(work: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const [ms, heldMs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    delay.reset()
    delay.enable()
    const start = performance.now()
    await work()
    ms.push(performance.now() - start)
    await sleep(5)
    delay.disable()
    heldMs.push(delay.max / 1e6)
  }
  return { ms: median(ms), heldMs: median(heldMs) }
}
