// The migration files in the form in which Prisma's schema engine takes them.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MigrationDirectory, MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { listMigrationNames, MIGRATION_SCRIPT, migrationsDirectory, readMigrationScript } from '@/server/effects/db/migration-files'

export const readSchema = (): string => readFileSync(resolve('prisma/schema.prisma'), 'utf8')

export function readMigrations(): MigrationList {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: readLockfile() },
    shadowDbInitScript: '',
    migrationDirectories: listMigrationNames().map(readMigration),
  }
}

function readMigration(name: string): MigrationDirectory {
  return { path: name, migrationFile: { path: MIGRATION_SCRIPT, content: { tag: 'ok', value: readMigrationScript(name) } } }
}

function readLockfile(): string | null {
  const path = join(migrationsDirectory, 'migration_lock.toml')
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
