// The journal of runs and verifications: one stream for each, an entry is never changed and a `seq` never written twice. Of those that
// ended long ago only the last entry is kept, which has the whole record in it (retention/).

import type { Database, Tx } from './database'
import { readJson, writeJson } from './json'

export interface JournalEvent {
  readonly seq: number
  readonly at: string
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
