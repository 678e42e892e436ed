// The last reading of each host, packed, and written behind whoever read it.

import type { HostObservation } from '@/server/core/host/observation'
import type { Logger } from '../log/logger'
import type { Database } from './database'
import { packReading, readPlainReading, unpackReading } from './pack-reading'
import type { ObservationStore } from './store'
import { createWriteBehind } from './write-behind'

/** How a row holds its reading. `json` is the older one: a migration carried those over, and the next reading of the host replaces it. */
const FORMS: Readonly<Record<string, (reading: Uint8Array) => HostObservation | Promise<HostObservation>>> = {
  packed: unpackReading,
  json: readPlainReading,
}

export function createObservationStore(database: Database, logger: Logger): ObservationStore {
  const behind = createWriteBehind(async (observation, isNewest) => {
    const reading = await packReading(observation)
    if (!isNewest()) return
    const { hostId, observedAt } = observation
    const row = { observedAt, form: 'packed', reading }
    // A host can be read again.
    await database.note((tx) => tx.observationRecord.upsert({ where: { hostId }, create: { hostId, ...row }, update: row }))
  }, logger)
  return {
    save: behind.save,
    load: async (hostId) => {
      const unwritten = behind.unwritten(hostId)
      if (unwritten) return unwritten
      const row = await database.read((tx) => tx.observationRecord.findUnique({ where: { hostId } }))
      return (row && (await FORMS[row.form]?.(row.reading))) ?? null
    },
    lastReadAt: async (hostIds) => {
      const where = { hostId: { in: [...hostIds] } }
      const rows = await database.read((tx) => tx.observationRecord.findMany({ where, select: { hostId: true, observedAt: true } }))
      const times = new Map(rows.map(({ hostId, observedAt }) => [hostId, observedAt]))
      for (const hostId of hostIds) {
        const unwritten = behind.unwritten(hostId)
        if (unwritten) times.set(hostId, unwritten.observedAt)
      }
      return times
    },
    settle: behind.settle,
  }
}
