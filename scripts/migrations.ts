// The migration files on disk: prisma/migrations/<timestamp>_<name>/migration.sql, ordinary Prisma migrations.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'

const SCRIPT = 'migration.sql'

/** Commands are run from the repository's root. */
export const migrationsDirectory = resolve('prisma/migrations')
export const readSchema = (): string => readFileSync(resolve('prisma/schema.prisma'), 'utf8')

export function listMigrationNames(): string[] {
  return readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

export function readMigrations(): MigrationList {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: readLockfile() },
    shadowDbInitScript: '',
    migrationDirectories: listMigrationNames().map(readMigration),
  }
}

function readMigration(name: string): MigrationDirectory {
  const value = readFileSync(join(migrationsDirectory, name, SCRIPT), 'utf8')
  return { path: name, migrationFile: { path: SCRIPT, content: { tag: 'ok', value } } }
}

function readLockfile(): string | null {
  const path = join(migrationsDirectory, 'migration_lock.toml')
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
