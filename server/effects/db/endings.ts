// The end of a run or a verification: its record and the last event of its journal, written together. Whoever watches waits for
// it, so it must not get lost. One that the database refuses, because the disk is full or somebody else writes for longer than
// one-connection.ts waits, is logged and told from memory, and written before the next run or verification begins.

import type { Logger } from '../log/logger'
import type { Database, Tx } from './database'
import { type JournalEvent, listJournal, writeEntry } from './journal'

interface Identified {
  readonly id: string
}

export interface Endings<Ended extends Identified, Event extends JournalEvent> {
  /** False where another console has written an end. Never fails. */
  write(ended: Ended, lastEvent: Event): Promise<boolean>
  /** Tries again what the database refused. Never fails. */
  retry(): Promise<void>
  /** The record that is told from memory. */
  unwritten(id: string): Ended | undefined
  /** All of these. */
  listUnwritten(): readonly Ended[]
  /** The journal, with the last event of it that is told from memory. */
  listEvents(id: string, afterSeq: number): Promise<Event[]>
}

export function createEndings<Ended extends Identified, Event extends JournalEvent>(
  database: Database,
  logger: Logger,
  /** False when another console, to which this one seemed gone, has written an end: that one stands. */
  saveRecord: (tx: Tx, ended: Ended) => Promise<boolean>,
  onWritten: () => void,
): Endings<Ended, Event> {
  const unwritten = new Map<string, { readonly ended: Ended; readonly lastEvent: Event }>()

  async function write(ended: Ended, lastEvent: Event): Promise<boolean> {
    try {
      const isOurs = await database.write(async (tx) => {
        if (!(await saveRecord(tx, ended))) return false
        await writeEntry(tx, ended.id, lastEvent)
        return true
      })
      unwritten.delete(ended.id)
      onWritten()
      return isOurs
    } catch (error) {
      unwritten.set(ended.id, { ended, lastEvent })
      logger.error('The end of a run or verification could not be stored. It is told from memory for as long as the console runs.', {
        id: ended.id,
        err: error,
      })
      return true
    }
  }

  return {
    write,
    retry: async () => {
      for (const { ended, lastEvent } of unwritten.values()) await write(ended, lastEvent)
    },
    unwritten: (id) => unwritten.get(id)?.ended,
    listUnwritten: () => [...unwritten.values()].map(({ ended }) => ended),
    listEvents: async (id, afterSeq) => {
      const last = unwritten.get(id)?.lastEvent
      return [...(await listJournal<Event>(database, id, afterSeq)), ...(last && last.seq > afterSeq ? [last] : [])]
    },
  }
}
