// The journal of runs and verifications: one stream for each, an entry is never changed and a `seq` never written twice. Of those that
// ended long ago only the last entry is kept, which has the whole record in it.

import type { Database, Tx } from './database'
import { readJson, writeJson } from './json'

export interface JournalEvent {
  readonly seq: number
  readonly at: string
}

/** Streams of what has ended that are kept entry by entry: somebody may still follow them, or look how it went. */
export const KEPT_JOURNALS = 50

export async function pruneJournals(tx: Tx): Promise<void> {
  const byLatest = { _max: { at: 'desc' } } as const
  const isGoing = { select: { id: true }, where: { status: { in: ['queued', 'running'] } } }
  const going = [...(await tx.runRecord.findMany(isGoing)), ...(await tx.verificationRecord.findMany(isGoing))].map(({ id }) => id)
  const where = { streamId: { notIn: going } }
  const old = await tx.journalEntry.groupBy({ by: ['streamId'], where, _max: { seq: true }, having: { seq: { _count: { gt: 1 } } }, orderBy: byLatest, skip: KEPT_JOURNALS })
  for (const { streamId, _max: last } of old) await tx.journalEntry.deleteMany({ where: { streamId, seq: { lt: last.seq ?? 0 } } })
}

export function appendJournal(database: Database, streamId: string, event: JournalEvent): Promise<void> {
  return database.write((tx) => writeEntry(tx, streamId, event))
}

export async function writeEntry(tx: Tx, streamId: string, event: JournalEvent): Promise<void> {
  const { seq, at } = event
  await tx.journalEntry.create({ data: { streamId, seq, at, eventJson: writeJson(event) } })
}

export function listJournal<Event extends JournalEvent>(database: Database, streamId: string, afterSeq: number): Promise<Event[]> {
  return database.read(async (tx) => {
    const rows = await tx.journalEntry.findMany({ where: { streamId, seq: { gt: afterSeq } }, orderBy: { seq: 'asc' } })
    return rows.map((row) => readJson<Event>(row.eventJson))
  })
}
