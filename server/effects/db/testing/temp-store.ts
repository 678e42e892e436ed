// A real store in a directory of its own, for tests: SQLite with every migration applied. Nothing is faked.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { migrate } from '@/scripts/migrate'
import { type Clock, systemClock } from '../../clock'
import { databaseUrlOf } from '../../env'
import { createEventHub, type EventHub } from '../../events'
import { systemIds } from '../../ids'
import { recordLog, type RecordedLog } from '../../log/testing/recorded-log'
import { createStore } from '../create-store'
import { ensureDataDirectory } from '../data-directory'
import { type Database, openDatabase } from '../database'
import type { Store } from '../store'
import { breakTable } from './break-table'

const DATABASE = 'tapline.db'

export interface TempStore extends RecordedLog {
  readonly store: Store
  readonly events: EventHub
  readonly dataDirectory: string
  /** A second store on the same data, as another process would open it. */
  reopen(): Store
  /** The database itself, past the store, for as long as the store is there. */
  openDatabase(): Database
  /** SQL of the test's own, past the store. */
  sql(statement: string): Promise<void>
  /** The database refuses to write to the table, as it does when the disk is full; `mend` takes that back. */
  breakTable(table: string, operation: 'INSERT' | 'UPDATE'): Promise<{ mend(): Promise<void> }>
  /** Another file in the place of the database, its log gone with it. */
  replaceDatabase(content: string): Promise<void>
  remove(): Promise<void>
}

/** The file of a database with every migration applied, made once for all stores of this process: migrating costs more than most tests. */
let migrated: Promise<Buffer> | undefined

async function makeMigrated(): Promise<Buffer> {
  const directory = mkdtempSync(join(tmpdir(), 'tapline-migrated-'))
  const url = databaseUrlOf(directory)
  try {
    await migrate(url)
    const client = new PrismaLibSql({ url }).createClient({ url })
    // All that is in the log goes into the file.
    const { rows } = await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    client.close()
    if (rows[0]?.['busy'] !== 0) throw new Error('the log of the migrated database is in use')
    return readFileSync(join(directory, DATABASE))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

export async function openTempStore(clock: Clock = systemClock): Promise<TempStore> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-store-'))
  ensureDataDirectory(dataDirectory)
  writeFileSync(join(dataDirectory, DATABASE), await (migrated ??= makeMigrated()))
  const events = createEventHub()
  const log = recordLog()
  const open = () => createStore({ dataDirectory, events, clock, ids: systemIds, logger: log.logger })
  const opened = [open()]
  const databases: Database[] = []
  const sql = async (statement: string): Promise<void> => {
    const database = openDatabase(databaseUrlOf(dataDirectory))
    await database.write((tx) => tx.$executeRawUnsafe(statement))
    await database.close()
  }
  return {
    store: opened[0]!,
    events,
    ...log,
    dataDirectory,
    reopen: () => {
      const store = open()
      opened.push(store)
      return store
    },
    openDatabase: () => {
      const database = openDatabase(databaseUrlOf(dataDirectory))
      databases.push(database)
      return database
    },
    sql,
    breakTable: (table, operation) => breakTable(dataDirectory, table, operation),
    replaceDatabase: async (content) => {
      await Promise.all(opened.map((store) => store.close()))
      // Another file of that name: a connection that is not collected yet would write its log into the same one.
      for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDirectory, `${DATABASE}${suffix}`), { force: true })
      writeFileSync(join(dataDirectory, DATABASE), content)
    },
    remove: async () => {
      await Promise.all([...opened, ...databases].map((each) => each.close()))
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}
