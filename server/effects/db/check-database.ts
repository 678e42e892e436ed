// Whether the database is one that this version may write to. What is not is refused with a sentence that names the file: going on would
// lose what a newer version wrote, or answer every call with a fault.

import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { AppError } from '@/server/core/app-error'
import { checksumOf, listMigrationNames, readMigrationScript } from './migration-files'

interface Applied {
  readonly name: string
  readonly checksum: string
  readonly isFinished: boolean
}

/** Names of the migrations that are still to be applied. Throws `conflict` for a database that is not ours to write to. */
export async function listPendingMigrations(databaseUrl: string): Promise<readonly string[]> {
  const path = fileURLToPath(databaseUrl)
  const applied = await readApplied(databaseUrl, path)
  const known = listMigrationNames()
  for (const each of applied) assertKnown(each, known, path)
  return known.filter((name) => !applied.some((each) => each.name === name))
}

function assertKnown({ name, checksum, isFinished }: Applied, known: readonly string[], path: string): void {
  if (!isFinished) throw refuse(path, `was left half-way through the change "${name}" of its tables`, 'Restore a backup from before it.')
  if (!known.includes(name))
    throw refuse(
      path,
      `was written by a newer version of Tapline: its tables had the change "${name}"`,
      'Use that version, or restore a backup from before it.',
    )
  if (checksum !== checksumOf(readMigrationScript(name)))
    throw refuse(
      path,
      `had another form of the change "${name}" than this version has`,
      'Use the version that wrote it, or restore a backup.',
    )
}

const refuse = (path: string, what: string, wayOut: string, cause?: unknown): AppError =>
  new AppError('conflict', `The database ${path} ${what}. ${wayOut}`, {}, cause)

async function readApplied(databaseUrl: string, path: string): Promise<readonly Applied[]> {
  const client = new PrismaLibSql({ url: databaseUrl }).createClient({ url: databaseUrl })
  try {
    // Readers go on while somebody writes; kept in the file, so every later connection has it.
    await client.execute('PRAGMA journal_mode = WAL')
    const tables = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    const names = tables.rows.map((row) => row['name'])
    if (!names.includes('_prisma_migrations')) {
      if (names.length > 0) throw refuse(path, 'is of another program', 'Give the console a data directory of its own (TAPLINE_DATA).')
      return []
    }
    const { rows } = await client.execute(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    return rows.map((row) => ({
      name: String(row['migration_name']),
      checksum: String(row['checksum']),
      isFinished: row['finished_at'] !== null,
    }))
  } catch (error) {
    throw isDamaged(error)
      ? refuse(path, 'cannot be read: it is damaged, or no database', 'Restore a backup, or move it away to begin anew.', error)
      : error
  } finally {
    client.close()
  }
}

const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(String(error.code))
