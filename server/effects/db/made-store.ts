// Per host, what runs set out to make there and no reading has settled since (core/plan/made.ts). Written before the first step acts.

import type { Database } from './database'
import { readJson, writeJson } from './json'
import type { MadeStore } from './store'

export function createMadeStore(database: Database): MadeStore {
  return {
    load: (hostId) =>
      database.read(async (tx) => {
        const row = await tx.madeRecord.findUnique({ where: { hostId } })
        return row ? readJson(row.madeJson) : []
      }),
    save: (hostId, made) =>
      database.write(async (tx) => {
        const madeJson = writeJson(made)
        if (made.length === 0) await tx.madeRecord.deleteMany({ where: { hostId } })
        else await tx.madeRecord.upsert({ where: { hostId }, create: { hostId, madeJson }, update: { madeJson } })
      }),
  }
}
