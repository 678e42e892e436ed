// The last reading of each host.

import { emptyHostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import type { Database } from './database'
import { readJson, writeJson } from './json'
import type { ObservationStore } from './store'

export function createObservationStore(database: Database): ObservationStore {
  return {
    save: (observation) =>
      database.write(async (tx) => {
        const { hostId, observedAt } = observation
        const row = { observedAt, observationJson: writeJson(observation) }
        await tx.observationRecord.upsert({ where: { hostId }, create: { hostId, ...row }, update: row })
      }),
    load: (hostId) =>
      database.read(async (tx) => {
        const row = await tx.observationRecord.findUnique({ where: { hostId } })
        return row ? complete(readJson<HostObservation>(row.observationJson)) : null
      }),
    lastReadAt: (hostId) =>
      database.read(async (tx) => (await tx.observationRecord.findUnique({ where: { hostId }, select: { observedAt: true } }))?.observedAt ?? null),
  }
}

/** A reading from a time when there were fewer kinds of resource. */
const complete = (stored: HostObservation): HostObservation => ({
  ...stored,
  state: { ...emptyHostState, ...stored.state },
  ...(stored.unseen && { unseen: { ...emptyHostState, ...stored.unseen } }),
})
