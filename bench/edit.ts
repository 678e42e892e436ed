// One port gets another name, through the API, in designs of 50, 1,000 and 5,000 objects. The floor is one row updated in one transaction
// of the same database, past everything that is ours: what SQLite and the disk take.

import { createClient, type Client } from '@libsql/client'
import { openTempApi } from '@/server/api/testing/temp-api'
import { databaseUrlOf } from '@/server/effects/env'
import { atMost, median, type Bench, type Measured } from './lib/bench'
import { sizedCloud } from './lib/sized-cloud'

const SIZES = [50, 1000, 5000]
const WARM_UP = 20
const ROUNDS = 101
const BAR_MS = 15

export const bench: Bench = {
  about: 'one port’s name in designs of 50, 1,000 and 5,000 objects, through the API',
  needs: [],
  run: async () => {
    const rows: Measured[] = []
    for (const size of SIZES) rows.push(await measure(size))
    return rows
  },
}

async function measure(size: number): Promise<Measured> {
  const temp = await openTempApi()
  const raw = createClient({ url: databaseUrlOf(temp.dataDirectory) })
  try {
    const topology = sizedCloud(size)
    await temp.store.edit(() => ({ ok: true, topology, value: null }))
    const ports = topology.ports.filter(({ deviceOwner }) => deviceOwner === 'compute:nova')
    const [ours, floor]: [number[], number[]] = [[], []]
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const { id } = ports[round % ports.length]!
      // In turns, so that what else the machine does meets both.
      const times = [
        await timed(() => temp.api.ports.update({ id, patch: { name: `name-${round}` } })),
        await timed(() => updateRow(raw, round)),
      ]
      if (round < WARM_UP) continue
      ours.push(times[0]!)
      floor.push(times[1]!)
    }
    return atMost(BAR_MS, { case: `${size} objects, a port’s name, p50 (ms)`, ours: median(ours), floor: median(floor) })
  } finally {
    raw.close()
    await temp.remove()
  }
}

async function updateRow(raw: Client, round: number): Promise<void> {
  const sql = 'INSERT INTO MadeRecord (hostId, madeJson) VALUES (?, ?) ON CONFLICT (hostId) DO UPDATE SET madeJson = excluded.madeJson'
  await raw.batch([{ sql, args: ['bench', String(round)] }], 'write')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
