// Writes the next migration: the SQL from what the existing ones build to what prisma/schema.prisma says.
//
//   tsx scripts/create-migration.ts <name>

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computeMigration } from './compute-migration'
import { migrationsDirectory } from '@/server/effects/db/migration-files'

const name = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('Give the migration a name of small letters, digits and _.')
const sql = await computeMigration()
if (sql.trim() === '') {
  console.log('The migrations already build what the schema says.')
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const directory = join(migrationsDirectory, `${stamp}_${name}`)
  mkdirSync(directory)
  writeFileSync(join(directory, 'migration.sql'), sql)
  console.log(`Wrote ${directory}/migration.sql. Read it before it is committed.`)
}
