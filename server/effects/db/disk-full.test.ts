// A database that may not grow: SQLite answers as it does on a full disk.

import { afterEach, beforeEach, expect, it } from 'vitest'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { systemIds } from '../ids'
import type { Database } from './database'
import { createDesignStore } from './design-store'
import { isDiskFull } from './disk-full'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
let database: Database
beforeEach(async () => {
  temp = await openTempStore()
  database = temp.openDatabase()
})
afterEach(() => temp.remove())

it('an edit on a full disk says so, and is taken when there is space again', async () => {
  const design = createDesignStore(database, temp.events)
  const limit = (pages: number) => database.write((db) => db.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`))
  await limit(1)
  const edits = Array.from({ length: 200 }, (_, index) => createProject({ name: `${index} ${'x'.repeat(200)}` }, systemIds))
  const refused = (await Promise.allSettled(edits.map((edit) => design.edit(edit)))).flatMap((each) =>
    each.status === 'rejected' ? [each.reason as unknown] : [],
  )
  expect(refused.length).toBeGreaterThan(0)
  for (const error of refused)
    expect(error).toMatchObject({
      code: 'disk_full',
      message: 'The console could not write to its database: the disk of its data directory is full. Nothing was stored.',
    })
  const { length } = (await design.loadTopology()).projects
  expect(length).toBe(edits.length - refused.length)
  await limit(1_000_000)
  await design.edit(createProject({ name: 'again' }, systemIds))
  expect((await design.loadTopology()).projects).toHaveLength(length + 1)
})

it('knows the system’s words for it', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'SQLITE_FULL']) expect(isDiskFull(Object.assign(new Error('x'), { code }))).toBe(true)
  for (const other of [new Error('disk is full'), Object.assign(new Error('x'), { code: 'EACCES' }), null, 'ENOSPC'])
    expect(isDiskFull(other)).toBe(false)
})
