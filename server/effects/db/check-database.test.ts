import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '@/scripts/migrate'
import { databaseUrlOf } from '../env'
import { listPendingMigrations } from './check-database'
import { listMigrationNames } from './migration-files'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
let url: string
beforeEach(async () => {
  temp = await openTempStore()
  url = databaseUrlOf(temp.dataDirectory)
})
afterEach(() => temp.remove())

const last = listMigrationNames().at(-1)!
const newer = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('n', 'c', '29990101000000_later', '2999-01-01')`

it('has nothing against a database of this version, or of an earlier one', async () => {
  expect(await listPendingMigrations(url)).toEqual([])
  await temp.sql(`DELETE FROM _prisma_migrations WHERE migration_name = '${last}'`)
  expect(await listPendingMigrations(url)).toEqual([last])
})

it.each([
  ['a newer version', newer, /tapline\.db was written by a newer version of Tapline: .*29990101000000_later/],
  [
    'a change of its tables that has another form here',
    `UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name = '${last}'`,
    /tapline\.db had another form of the change .*Use the version that wrote it/,
  ],
  [
    'a change of its tables that did not end',
    `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${last}'`,
    /tapline\.db was left half-way through the change .*Restore a backup/,
  ],
  ['another program', 'ALTER TABLE _prisma_migrations RENAME TO other', /tapline\.db is of another program/],
])('refuses one with %s, in a sentence with its path, and leaves it as it is', async (_, statement, sentence) => {
  await temp.sql(statement)
  await expect(listPendingMigrations(url)).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(sentence) })
  await expect(migrate(url)).rejects.toThrow(sentence)
})

it('refuses what is no database', async () => {
  await temp.replaceDatabase('garbage, '.repeat(2000))
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/tapline\.db cannot be read: it is damaged, or no database\. Restore a backup/),
  })
})
