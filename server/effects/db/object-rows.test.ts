import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '@/generated/prisma/client'
import { itemsOf, kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import { makeOneOfEach } from '@/server/core/topology/testing/one-of-each'
import type { Kind, Topology } from '@/server/core/topology/topology'
import { partRows, toRow } from './object-rows'
import { openTempStore, type TempStore } from './testing/temp-store'

const topology = makeOneOfEach()
const columnsOf = (table: string): string[] =>
  Object.keys(Reflect.get(Prisma, `${table.charAt(0).toUpperCase()}${table.slice(1)}ScalarFieldEnum`) ?? {}).toSorted()

describe.each(kindNames)('a %s', <K extends Kind>(kind: K) => {
  const items = itemsOf(topology, kind)

  it('has a table with a column for each of its values, and no other', () => {
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect(Object.keys(toRow(kind, item)).toSorted()).toEqual(columnsOf(kind))
  })

  it('swaps only columns that are there', () => {
    expect(columnsOf(kind)).toEqual(expect.arrayContaining([...(kindOf(kind).columns.unique ?? [])]))
  })
})

const owners = kindNames.flatMap((kind) => {
  const { parts } = kindOf(kind).columns
  return parts ? [{ kind, table: parts.table }] : []
})

it.each(owners)('a $kind has its parts in a table of their own', ({ kind, table }) => {
  const rows = itemsOf(topology, kind).flatMap((item) => partRows(kind, item))
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(columnsOf(table))
})

describe('in the database', () => {
  let temp: TempStore
  beforeAll(async () => void (temp = await openTempStore()))
  afterAll(() => temp.remove())

  it('all kinds come back as they went in, with their descriptions and without', async () => {
    const told: Topology = {
      ...topology,
      networks: topology.networks.map((network, index) => (index === 0 ? { ...network, description: 'for guests' } : network)),
    }
    await temp.store.edit(() => ({ ok: true, topology: told, value: null }))
    expect(await temp.reopen().loadTopology()).toEqual(told)
  })
})
