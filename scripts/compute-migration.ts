// What the migrations on disk still lack to build prisma/schema.prisma, as SQL; '' when nothing.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrlOf } from '@/server/effects/env'
import { readMigrations, readSchema } from './migrations'
import { applyMigrations, diffSchema, openSchemaEngine } from './schema-engine'

export async function computeMigration(): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), 'tapline-migration-'))
  try {
    const engine = await openSchemaEngine(databaseUrlOf(scratch), readSchema())
    await applyMigrations(engine, readMigrations())
    return await diffSchema(engine, readSchema())
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
