// The limits that operators set, in one row.

import { defaultRetention, type Retention } from '@/server/core/retention/retention'
import { readRetention } from '@/server/core/retention/retention-input'
import type { Tx } from '../database'
import { readJson, writeJson } from '../json'

const NAME = 'retention'

export async function loadRetention(tx: Tx): Promise<Retention> {
  const row = await tx.setting.findUnique({ where: { name: NAME } })
  return row ? readRetention(readJson(row.valueJson)) : defaultRetention
}

export async function saveRetention(tx: Tx, retention: Retention): Promise<void> {
  const valueJson = writeJson(retention)
  await tx.setting.upsert({ where: { name: NAME }, create: { name: NAME, valueJson }, update: { valueJson } })
}
