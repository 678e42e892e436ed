// The migrations on disk, prisma/migrations/<timestamp>_<name>/migration.sql. Commands and the console are run from the repository's root.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const MIGRATION_SCRIPT = 'migration.sql'
export const migrationsDirectory = resolve('prisma', 'migrations')

export function listMigrationNames(): string[] {
  return readdirSync(migrationsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

export const readMigrationScript = (name: string): string => readFileSync(join(migrationsDirectory, name, MIGRATION_SCRIPT), 'utf8')

/** As Prisma's schema engine writes it into the column `checksum`: SHA-256 of the script, in hexadecimal. */
export const checksumOf = (script: string): string => createHash('sha256').update(script).digest('hex')
