// Takes away a batch of what the limits no longer allow, in the transaction in which it was chosen: what begins to be pointed at meanwhile
// is not among it.

import type { Limit } from '@/server/core/retention/retention'
import type { Tx } from '../database'
import { listCandidates, type RecordKind } from './candidates'
import { remember } from './removed'

/** So few that nobody who wants to write waits for them. A run may have thousands of events. */
const BATCH = 20

export interface Removed {
  readonly count: number
  /** Captures of verifications that went: their files go next. */
  readonly captureIds: readonly string[]
}

/** Asked before the writer's place is taken: most often there is nothing. */
export const hasCandidates = async (tx: Tx, kind: RecordKind, limit: Limit, now: Date): Promise<boolean> =>
  (await listCandidates(tx, kind, limit, now, 1)).length > 0

export async function removeBatch(tx: Tx, kind: RecordKind, limit: Limit, now: Date): Promise<Removed> {
  const chosen = [...(await listCandidates(tx, kind, limit, now, BATCH))]
  const where = { id: { in: chosen } }
  const streams = { streamId: { in: chosen } }
  if (kind === 'journals') {
    for (const streamId of chosen) await shorten(tx, streamId)
    return { count: chosen.length, captureIds: [] }
  }
  const captures =
    kind === 'verifications' ? await tx.captureRecord.findMany({ select: { id: true }, where: { verificationId: { in: chosen } } }) : []
  const captureIds = captures.map(({ id }) => id)
  if (kind === 'plans') await tx.planRecord.deleteMany({ where })
  else {
    await tx.journalEntry.deleteMany({ where: streams })
    // It has the id of its record.
    await tx.operationRecord.deleteMany({ where })
    await (kind === 'runs' ? tx.runRecord.deleteMany({ where }) : tx.verificationRecord.deleteMany({ where }))
  }
  await remember(tx, [...chosen, ...captureIds], now.toISOString())
  return { count: chosen.length, captureIds }
}

/** To its last entry, which has the whole record in it. */
async function shorten(tx: Tx, streamId: string): Promise<void> {
  const { _max: last } = await tx.journalEntry.aggregate({ where: { streamId }, _max: { seq: true } })
  await tx.journalEntry.deleteMany({ where: { streamId, seq: { lt: last.seq ?? 0 } } })
}
