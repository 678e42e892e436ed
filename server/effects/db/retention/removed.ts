// What was removed to make room is remembered by its id, for whoever asks for it; the latest of these are enough for every link that is
// still followed.

import { AppError } from '@/server/core/app-error'
import { explainGone } from '@/server/core/explain/retention'
import type { RetainedKind } from '@/server/core/retention/retention'
import type { Tx } from '../database'
import { loadRetention } from './limits'

const REMEMBERED = 10_000

export async function remember(tx: Tx, ids: readonly string[], removedAt: string): Promise<void> {
  if (ids.length === 0) return
  // A plan may have gone, come back with its run, and go again.
  await tx.removedRecord.deleteMany({ where: { id: { in: [...ids] } } })
  await tx.removedRecord.createMany({ data: ids.map((id) => ({ id, removedAt })) })
  const [first] = await tx.removedRecord.findMany({
    select: { removedAt: true },
    orderBy: { removedAt: 'desc' },
    skip: REMEMBERED,
    take: 1,
  })
  if (first) await tx.removedRecord.deleteMany({ where: { removedAt: { lte: first.removedAt } } })
}

const nouns: Readonly<Record<Exclude<RetainedKind, 'journals'>, string>> = {
  runs: 'run',
  plans: 'plan',
  verifications: 'verification',
  captures: 'capture',
}

/** For a record that is not there. */
export async function absent(tx: Tx, kind: keyof typeof nouns, id: string): Promise<AppError> {
  const removed = await tx.removedRecord.findUnique({ where: { id } })
  if (!removed) return new AppError('not_found', `No ${nouns[kind]} with this id was ever kept here, or it was removed long ago.`)
  return new AppError('no_longer_kept', explainGone(kind, await loadRetention(tx), removed.removedAt))
}
