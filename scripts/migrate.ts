// Brings the database's tables up to date. Idempotent; when every migration is there already it only asks the database,
// which takes milliseconds, and the schema engine is not even loaded.
//
//   tsx scripts/migrate.ts            migrates the database of TAPLINE_DATA, unless a console is at work on it

import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { systemClock } from '@/server/effects/clock'
import { listPendingMigrations } from '@/server/effects/db/check-database'
import { takeConsoleLock } from '@/server/effects/db/console-lock'
import { ensureDataDirectory } from '@/server/effects/db/data-directory'
import { databaseUrlOf, loadEnvironment } from '@/server/effects/env'
import { readMigrations, readSchema } from './migrations'

/** Returns the names of the migrations it applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  ensureDataDirectory(dirname(fileURLToPath(databaseUrl)))
  if ((await listPendingMigrations(databaseUrl)).length === 0) return []
  const { applyMigrations, openSchemaEngine } = await import('./schema-engine')
  const engine = await openSchemaEngine(databaseUrl, readSchema())
  try {
    return await applyMigrations(engine, readMigrations())
  } finally {
    engine.free()
  }
}

/** For a console that starts: stops with a sentence when another one is at work there. */
export async function migrateAlone(dataDirectory: string): Promise<string[]> {
  ensureDataDirectory(dataDirectory)
  const lock = await takeConsoleLock(dataDirectory, systemClock)
  try {
    return await migrate(databaseUrlOf(dataDirectory))
  } finally {
    lock.release()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    for (const name of await migrateAlone(loadEnvironment().dataDirectory)) console.log(`Applied ${name}.`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
