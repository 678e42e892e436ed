// What waits for the disk and what does not. SQLite's levels: https://www.sqlite.org/pragma.html#pragma_synchronous

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database, Tx } from './database'
import { openTempStore, type TempStore } from './testing/temp-store'

const [NORMAL, FULL] = [1, 2]

let temp: TempStore
let database: Database
beforeEach(async () => {
  temp = await openTempStore()
  database = temp.openDatabase()
})
afterEach(() => temp.remove())

async function levelOf(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ readonly synchronous: number | bigint }[]>`PRAGMA synchronous`
  return Number(row?.synchronous)
}

it('a write waits for the disk, a note does not, in whatever order', async () => {
  const { write, note } = database
  const refused = note(async (tx) => tx.$queryRaw`SELECT * FROM nothing`)
  await expect(refused).rejects.toMatchObject({ code: 'internal' })
  expect([await write(levelOf), await note(levelOf), await write(levelOf), await note(levelOf)]).toEqual([FULL, NORMAL, FULL, NORMAL])
})

it('both take turns, and each sees what the one before wrote', async () => {
  const add = (id: string) => (tx: Tx) => tx.designState.create({ data: { id, version: 1 } })
  const count = (tx: Tx) => tx.designState.count()
  const before = await database.read(count)
  const counts = await Promise.all([
    database.write(async (tx) => add('a')(tx).then(() => count(tx))),
    database.note(async (tx) => add('b')(tx).then(() => count(tx))),
    database.write(async (tx) => add('c')(tx).then(() => count(tx))),
  ])
  expect(counts).toEqual([before + 1, before + 2, before + 3])
  expect(await database.read(count)).toBe(before + 3)
})
