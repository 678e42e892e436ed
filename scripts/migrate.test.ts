import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseUrlOf } from '@/server/effects/env'
import { computeMigration } from './compute-migration'
import { migrate } from './migrate'
import { listMigrationNames } from '@/server/effects/db/migration-files'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapline migrate '))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('applies every migration once, in a directory it makes', async () => {
  const url = databaseUrlOf(join(directory, 'new', 'data'))
  expect(await migrate(url)).toEqual(listMigrationNames())
  expect(await migrate(url)).toEqual([])
})

it('the migrations build what the schema says', async () => expect(await computeMigration()).toBe(''), 20_000)
