// Brings the database's tables up to date. Idempotent; when every migration is there already it only asks the database,
// which takes milliseconds, and the schema engine is not even loaded.
//
//   tsx scripts/migrate.ts            migrates the database of TAPLINE_DATA

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { loadEnvironment } from '@/server/effects/env'
import { listMigrationNames, readMigrations, readSchema } from './migrations'

/** Returns the names of the migrations it applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  // Holds secrets (sealed) and what operators did: nobody else's business on a shared machine.
  mkdirSync(dirname(fileURLToPath(databaseUrl)), { recursive: true, mode: 0o700 })
  if (await isUpToDate(databaseUrl)) return []
  const { applyMigrations, openSchemaEngine } = await import('./schema-engine')
  const engine = await openSchemaEngine(databaseUrl, readSchema())
  try {
    return await applyMigrations(engine, readMigrations())
  } finally {
    engine.free()
  }
}

async function isUpToDate(databaseUrl: string): Promise<boolean> {
  const connection = await new PrismaLibSql({ url: databaseUrl }).connect()
  try {
    // Readers go on while somebody writes; kept in the file, so every later connection has it.
    await connection.executeScript('PRAGMA journal_mode = WAL')
    const applied = await listApplied(async (sql) => {
      const result = await connection.queryRaw({ sql, args: [], argTypes: [] })
      return result.rows.map((row) => row[0])
    })
    return listMigrationNames().every((name) => applied.has(name))
  } finally {
    await connection.dispose()
  }
}

async function listApplied(selectColumn: (sql: string) => Promise<unknown[]>): Promise<ReadonlySet<unknown>> {
  const tables = await selectColumn("SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'")
  if (tables.length === 0) return new Set()
  const names = await selectColumn(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  return new Set(names)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const applied = await migrate(loadEnvironment().databaseUrl)
  for (const name of applied) console.log(`Applied ${name}.`)
}
