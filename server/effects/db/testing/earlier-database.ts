// A database as an earlier version left it: its schema built by the first migrations, its rows those of a full store of today as far as
// that schema has tables and columns for them. What it has besides is filled from the schema itself, by type.

import { PrismaLibSql } from '@prisma/adapter-libsql'
import { readMigrations, readSchema } from '@/scripts/migrations'
import { applyMigrations, openSchemaEngine } from '@/scripts/schema-engine'

export type Row = Readonly<Record<string, unknown>>
/** Names of the columns, by table. */
export type Columns = ReadonlyMap<string, readonly string[]>
export type Dump = ReadonlyMap<string, readonly Row[]>
type Value = string | number | null | ArrayBuffer
type Client = ReturnType<PrismaLibSql['createClient']>

export async function applyFirst(databaseUrl: string, count: number): Promise<void> {
  const migrations = readMigrations()
  const engine = await openSchemaEngine(databaseUrl, readSchema())
  try {
    await applyMigrations(engine, { ...migrations, migrationDirectories: migrations.migrationDirectories.slice(0, count) })
  } finally {
    engine.free()
  }
}

export async function withClient<Result>(databaseUrl: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new PrismaLibSql({ url: databaseUrl }).createClient({ url: databaseUrl })
  try {
    return await use(client)
  } finally {
    client.close()
  }
}

export async function listColumns(client: Client): Promise<Columns> {
  const tables = await client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_prisma_%' ORDER BY name",
  )
  const names = tables.rows.map((row) => String(row['name']))
  return new Map(
    await Promise.all(names.map(async (name) => [name, (await describe(client, name)).map((column) => String(column['name']))] as const)),
  )
}

const describe = async (client: Client, table: string): Promise<readonly Row[]> =>
  (await client.execute(`PRAGMA table_info("${table}")`)).rows

export async function dump(client: Client): Promise<Dump> {
  const columns = await listColumns(client)
  return new Map(await Promise.all([...columns].map(async ([table, names]) => [table, await rowsOf(client, table, names)] as const)))
}

async function rowsOf(client: Client, table: string, names: readonly string[]): Promise<Row[]> {
  const { rows } = await client.execute(`SELECT * FROM "${table}"`)
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])))
}

interface Filling {
  readonly from: Dump
  readonly json: Readonly<Record<string, (text: string) => string>>
  readonly gone: Readonly<Record<string, (row: Row) => string>>
}

/** Rows may refer to one another in a ring, so references are looked at when all are there. */
export async function fill(client: Client, { from, json, gone }: Filling): Promise<void> {
  await client.execute('PRAGMA foreign_keys = OFF')
  for (const [table, names] of await listColumns(client)) {
    const known = from.get(table) ?? []
    const rows =
      known.length > 0
        ? known.map((row) => names.map((name) => valueAt(`${table}.${name}`, name, row, { json, gone })))
        : [await inventRow(client, table, from)]
    for (const args of rows)
      await client.execute({
        sql: `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        args,
      })
  }
  const { rows } = await client.execute('PRAGMA foreign_key_check')
  if (rows.length > 0) throw new Error(`these rows refer to nothing: ${JSON.stringify(rows)}`)
}

function valueAt(place: string, name: string, row: Row, { json, gone }: Omit<Filling, 'from'>): Value {
  if (!(name in row)) {
    const make = gone[place]
    if (!make) throw new Error(`${place} is gone today: say in earlier-json.ts what stood there`)
    return make(row)
  }
  const value = row[name] as Value
  const rewrite = json[place]
  return rewrite && typeof value === 'string' ? rewrite(value) : value
}

/** Of a table that today's store has nothing in: references to what is there, and anything of its type elsewhere. */
async function inventRow(client: Client, table: string, from: Dump): Promise<Value[]> {
  const references = (await client.execute(`PRAGMA foreign_key_list("${table}")`)).rows
  const columns = await describe(client, table)
  return columns.map((column) => {
    const name = String(column['name'])
    const reference = references.find((each) => each['from'] === name)
    if (reference) return (from.get(String(reference['table']))?.[0]?.[String(reference['to'])] ?? null) as Value
    if (column['type'] === 'TEXT') return name.endsWith('Json') ? '{}' : `${name} of ${table}`
    return column['type'] === 'BLOB' ? new ArrayBuffer(4) : 1
  })
}
