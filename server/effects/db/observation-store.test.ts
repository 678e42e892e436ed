// Readings in a real database: what is stored, when, and what becomes of those that an older version stored.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { said as quote } from '@/server/core/quoted'
import { compileLargeHost } from '@/bench/lib/large-host'
import { migrate } from '@/scripts/migrate'
import { readMigrations, readSchema } from '@/scripts/migrations'
import { applyMigrations, openSchemaEngine } from '@/scripts/schema-engine'
import { emptyHostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { databaseUrlOf } from '../env'
import { type Database, openDatabase } from './database'
import { createObservationStore } from './observation-store'
import { anObservation } from './testing/records'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
let database: Database
beforeEach(async () => {
  temp = await openTempStore()
  database = temp.openDatabase()
})
afterEach(() => temp.remove())

const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`
/** With everything that a reading can hold. */
const large = (): HostObservation => {
  const { state, learned } = compileLargeHost({ networks: 4, ownPorts: 60, farPorts: 300 })
  return {
    ...anObservation('h', at(1)),
    state: { ...state, learned: { ovsMacs: { 'br-int': learned }, vlanLimit: 2 } },
    unseen: { ...emptyHostState, domains: state.domains },
    unparsed: [{ section: 'domains', text: '<domain>\n\u2028 "ä" 😀', reason: quote('odd'), foreign: ['x'] }],
  }
}
const sizes = () =>
  database.read(async (db) => {
    const rows = await db.observationRecord.findMany({ orderBy: { hostId: 'asc' } })
    return rows.map(({ hostId, observedAt, reading }) => ({ hostId, observedAt, bytes: reading.length }))
  })

it('a reading comes back as it went in, and takes a tenth of its room at most', async () => {
  const reading = large()
  await createObservationStore(database, temp.logger).save(reading)
  expect(await temp.store.observations.load('h')).toEqual(reading)
  const [stored] = await sizes()
  expect(stored?.bytes).toBeLessThan(JSON.stringify(reading).length / 10)
})

it('is known at once, and written without anybody waiting', async () => {
  const reading = large()
  void temp.store.observations.save(reading)
  expect(await temp.store.observations.load('h')).toBe(reading)
  expect(await temp.store.observations.lastReadAt(['h', 'other'])).toEqual(new Map([['h', at(1)]]))
  await temp.store.observations.settle()
  expect(await temp.reopen().observations.load('h')).toEqual(reading)
})

it('what is still to be written is written before the store closes', async () => {
  for (const hostId of ['a', 'b', 'c']) void temp.store.observations.save(anObservation(hostId, at(1)))
  await temp.store.close()
  expect((await sizes()).map(({ hostId }) => hostId)).toEqual(['a', 'b', 'c'])
})

it('the newest of a host is what stays, however fast they come, and every host has its turn', async () => {
  for (const day of [1, 2, 3]) for (const hostId of ['a', 'b']) void temp.store.observations.save(anObservation(hostId, at(day)))
  const last = temp.store.observations.save(anObservation('a', at(4)))
  expect((await temp.store.observations.lastReadAt(['a'])).get('a')).toBe(at(4))
  await last
  expect((await sizes()).map(({ hostId, observedAt }) => [hostId, observedAt])).toEqual([
    ['a', at(4)],
    ['b', at(3)],
  ])
})

it('one that comes while an older one of its host is written is written after it', async () => {
  const store = createObservationStore(database, temp.logger)
  let newer: Promise<void> | null = null
  const { note } = database
  const second = createObservationStore(
    {
      ...database,
      close: () => Promise.resolve(),
      note: (change) => {
        newer ??= second.save(anObservation('a', at(2)))
        return note(change)
      },
    },
    temp.logger,
  )
  await second.save(anObservation('a', at(1)))
  await newer
  expect((await store.load('a'))?.observedAt).toBe(at(2))
})

it('a full disk is told as one', async () => {
  const store = createObservationStore(database, temp.logger)
  await database.note((db) => db.$queryRawUnsafe('PRAGMA max_page_count = 1'))
  // Nothing makes this smaller than the pages that are free.
  const text = randomBytes(200_000).toString('base64')
  const reading = { ...anObservation('a', at(1)), unparsed: [{ section: 'ip', text, reason: quote('odd') }] }
  await store.save(reading)
  expect(temp.logged).toMatchObject([
    { message: 'A reading could not be stored. It is told from memory.', fields: { err: { code: 'disk_full' } } },
  ])
  expect(await store.load('a')).toBe(reading)
})

it('what the database refuses is told once, known from memory, and written as soon as the database takes it', async () => {
  const { observations } = temp.store
  await observations.save(anObservation('a', at(1)))
  const broken = [await temp.breakTable('ObservationRecord', 'INSERT'), await temp.breakTable('ObservationRecord', 'UPDATE')]
  const reading = anObservation('a', at(2))
  await observations.save(reading)
  await observations.save(anObservation('b', at(2)))
  await observations.settle()
  expect(temp.logged).toHaveLength(1)
  expect(await observations.load('a')).toBe(reading)
  expect((await sizes()).map(({ hostId, observedAt }) => [hostId, observedAt])).toEqual([['a', at(1)]])

  for (const each of broken) await each.mend()
  await observations.save(anObservation('c', at(2)))
  expect((await sizes()).map(({ hostId, observedAt }) => [hostId, observedAt])).toEqual(['a', 'b', 'c'].map((hostId) => [hostId, at(2)]))
  expect(temp.logged).toHaveLength(1)
})

it('readings that an older version stored are read as they stand, without their raw text, until their host is read again', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-older-'))
  const url = databaseUrlOf(dataDirectory)
  const reading = large()
  try {
    const migrations = readMigrations()
    const before = migrations.migrationDirectories.filter(({ path }) => !path.endsWith('_packed_readings'))
    const engine = await openSchemaEngine(url, readSchema())
    await applyMigrations(engine, { ...migrations, migrationDirectories: before })
    engine.free()
    const older = openDatabase(url)
    const sql = 'INSERT INTO ObservationRecord (hostId, observedAt, observationJson) VALUES (?, ?, ?)'
    const insert = (hostId: string, json: string) => older.write((tx) => tx.$executeRawUnsafe(sql, hostId, at(1), json))
    await insert('h', JSON.stringify({ ...reading, raw: { facts: 'hostname a' } }))
    await insert('torn', '{"hostId":"to')
    await older.close()
    expect(await migrate(url)).toEqual(['20261129104504_packed_readings'])
    const newer = openDatabase(url)
    const store = createObservationStore(newer, temp.logger)
    expect(await store.load('h')).toEqual(reading)
    expect([(await store.lastReadAt(['h'])).get('h'), await store.load('torn')]).toEqual([at(1), null])
    await store.save(anObservation('h', at(2)))
    const rows = await newer.read((db) => db.observationRecord.findMany({ select: { form: true, observedAt: true } }))
    expect(rows).toEqual([{ form: 'packed', observedAt: at(2) }])
    await newer.close()
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true })
  }
})
