// The objects of any kind as rows, after what the kind says of its columns (core/topology/kinds/columns.ts). Rows are plain copies of the model's
// objects; parts are the rows an object owns in another table (addresses of a port, mappings of a host).

import type { Parts } from '@/server/core/topology/kinds/columns'
import { kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind, ObjectOf } from '@/server/core/topology/topology'
import type { Tx } from './database'
import { readJson, writeJson } from './json'

export type Row = Record<string, unknown>

/** What is asked of a table. Prisma has a type of its own for each; the test of the kinds sees to it that columns and schema agree. */
interface Delegate {
  findMany(args?: { readonly orderBy: Row }): Promise<Row[]>
  deleteMany(args: { readonly where: Row }): Promise<unknown>
  update(args: { readonly where: { readonly id: string }; readonly data: Row }): Promise<unknown>
  createMany(args: { readonly data: readonly Row[] }): Promise<unknown>
}

function tableOf(tx: Tx, name: string): Delegate {
  const delegate: unknown = Reflect.get(tx, name)
  return delegate as Delegate
}

export async function loadObjects<K extends Kind>(tx: Tx, kind: K): Promise<ObjectOf[K][]> {
  const { parts } = kindOf(kind).columns
  const partsOf = parts ? await loadParts(tx, parts) : () => ({})
  return (await tableOf(tx, kind).findMany()).map((row) => fromRow(kind, row, partsOf(String(row['id']))))
}

/** Whole tables are read: a relation query would name every owner in one statement. */
async function loadParts<Item>(tx: Tx, { table, owner, orderBy, into }: Parts<Item>): Promise<(id: string) => Partial<Item>> {
  const byOwner = new Map<unknown, Row[]>()
  for (const { [owner]: id, ...row } of await tableOf(tx, table).findMany({ orderBy: { [orderBy]: 'asc' } })) {
    const { position: _, ...part } = row
    const known = byOwner.get(id)
    if (known) known.push(part)
    else byOwner.set(id, [part])
  }
  return (id) => into(byOwner.get(id) ?? [])
}

function fromRow<K extends Kind>(kind: K, row: Row, parts: Partial<ObjectOf[K]>): ObjectOf[K] {
  const { json = [], optional = [], spread = {}, spreadOptional = [], derived = {} } = kindOf(kind).columns
  const item: Row = { ...row }
  const take = (column: string): unknown => {
    const value = item[column]
    delete item[column]
    return value
  }
  if (item['description'] === '') delete item['description']
  for (const column of Object.keys(derived)) delete item[column]
  for (const field of json) {
    const text = take(`${field}Json`)
    item[field] = text === null ? null : readJson(String(text))
  }
  for (const field of optional) if (item[field] === null) delete item[field]
  for (const [field, inner] of spreadsOf(spread)) {
    const values = inner.map((key) => [key, take(columnOf(field, key))] as const)
    const known = values.filter(([key, value]) => value !== null || !spreadOptional.includes(key))
    item[field] = known.some(([, value]) => value === null) ? null : Object.fromEntries(known)
  }
  // Only this room writes rows: what comes back is what went in (json.ts).
  return { ...item, ...parts } as unknown as ObjectOf[K]
}

export function toRow<K extends Kind>(kind: K, item: ObjectOf[K]): Row {
  const { json = [], optional = [], spread = {}, derived = {}, parts } = kindOf(kind).columns
  const values = new Map<string, unknown>(Object.entries(item))
  const row: Row = { description: '', ...Object.fromEntries(values) }
  for (const [column, of] of Object.entries(derived)) row[column] = of(item)
  for (const field of parts?.fields ?? []) delete row[field]
  for (const field of optional) row[field] = values.get(field) ?? null
  for (const field of json) {
    delete row[field]
    const value = values.get(field)
    row[`${field}Json`] = value === undefined ? null : writeJson(value)
  }
  for (const [field, inner] of spreadsOf(spread)) {
    delete row[field]
    Object.assign(row, spreadColumns(field, inner, values.get(field)))
  }
  return row
}

/** The record of one field as columns of their own; empty ones where there is none. */
function spreadColumns(field: string, inner: readonly string[], value: unknown): Row {
  const record = typeof value === 'object' ? value : null
  return Object.fromEntries(inner.map((key) => [columnOf(field, key), (record && Reflect.get(record, key)) ?? null]))
}

const spreadsOf = (spread: { readonly [field: string]: readonly string[] | undefined }) =>
  Object.entries(spread).map(([field, inner = []]) => [field, inner] as const)
/** tunnelNic */
const columnOf = (field: string, key: string): string => `${field}${key.charAt(0).toUpperCase()}${key.slice(1)}`

export function partRows<K extends Kind>(kind: K, item: ObjectOf[K]): Row[] {
  const { parts } = kindOf(kind).columns
  return parts
    ? parts
        .of(item)
        .map((part, position) => ({ ...(part as Row), [parts.owner]: item.id, ...(parts.orderBy === 'position' && { position }) }))
    : []
}

export const removeObjects = (tx: Tx, kind: Kind, ids: readonly string[]): Promise<unknown> =>
  tableOf(tx, kind).deleteMany({ where: { id: { in: [...ids] } } })
export const updateObject = <K extends Kind>(tx: Tx, kind: K, item: ObjectOf[K]): Promise<unknown> =>
  tableOf(tx, kind).update({ where: { id: item.id }, data: toRow(kind, item) })
export const createObjects = <K extends Kind>(tx: Tx, kind: K, items: readonly ObjectOf[K][]): Promise<unknown> =>
  tableOf(tx, kind).createMany({ data: items.map((item) => toRow(kind, item)) })

/** Frees the unique values of an object that changes, so that two objects may swap them. No object is ever called `parked:`, for a UUID follows. */
export async function parkObject(tx: Tx, kind: Kind, id: string): Promise<void> {
  const { unique = [], optional = [], spread = {} } = kindOf(kind).columns
  if (unique.length === 0) return
  const empties = new Set<string>([...optional, ...spreadsOf(spread).flatMap(([field, inner]) => inner.map((key) => columnOf(field, key)))])
  const data = Object.fromEntries(unique.map((column) => [column, empties.has(column) ? null : `parked:${id}`]))
  await tableOf(tx, kind).update({ where: { id }, data })
}

export async function removeParts(tx: Tx, kind: Kind, ids: readonly string[]): Promise<void> {
  const { parts } = kindOf(kind).columns
  if (parts) await tableOf(tx, parts.table).deleteMany({ where: { [parts.owner]: { in: [...ids] } } })
}

/** One trunk may have thousands of subports, more than one statement takes values for. */
const PARTS_PER_STATEMENT = 200

export async function createParts<K extends Kind>(tx: Tx, kind: K, items: readonly ObjectOf[K][]): Promise<void> {
  const { parts } = kindOf(kind).columns
  if (!parts) return
  const rows = items.flatMap((item) => partRows(kind, item))
  for (let start = 0; start < rows.length; start += PARTS_PER_STATEMENT)
    await tableOf(tx, parts.table).createMany({ data: rows.slice(start, start + PARTS_PER_STATEMENT) })
}
