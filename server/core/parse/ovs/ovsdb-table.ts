// Tables as `ovs-vsctl --format=json list T` and `ovsdb-client -f json dump` print them: headings once, rows as lists, one
// table a line. `list` prints no caption, so a table is known by its place in the command or by its columns.
//
//   {"caption":"Port table","data":[[["uuid","8d1c…"],"phy-br-ex",…]],"headings":["_uuid","name",…]}

import type { Unparsed } from '../../host/observation'
import { parseJson } from '../json'
import { failed, notA, parsed, unparsed, type ParseResult, type Parsed } from '../parse-result'
import type { OvsdbRow } from './ovsdb-value'

export interface OvsdbTable {
  /** Without " table"; '' where the tool prints none. */
  readonly caption: string
  readonly headings: readonly string[]
  readonly rows: readonly OvsdbRow[]
}

export function parseOvsdbTable(text: string): ParseResult<OvsdbTable> {
  const json = parseJson(text)
  if (!json.ok) return json
  const { caption = '', headings, data }: { caption?: unknown; headings?: unknown; data?: unknown } = isObject(json.value) ? json.value : {}
  if (typeof caption !== 'string' || !isListOf(isText, headings) || !isListOf(Array.isArray, data)) return failed(notA('table'), text)
  if (data.some((row) => row.length !== headings.length)) return failed({ code: 'ragged-row', params: {} }, text)
  const columns = new Map(headings.map((heading, index) => [heading, index]))
  return parsed({ caption: caption.replace(/ table$/, ''), headings, rows: data.map((row) => new Row(columns, row)) })
}

/** Rows share the table's columns: a map of its own for each of thousands costs more than all else that is done with it. */
class Row implements OvsdbRow {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly values: readonly unknown[],
  ) {}

  has(column: string): boolean {
    return this.columns.has(column)
  }

  get(column: string): unknown {
    const index = this.columns.get(column)
    return index === undefined ? undefined : this.values[index]
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const isText = (value: unknown): value is string => typeof value === 'string'
const isListOf = <T>(isItem: (value: unknown) => value is T, value: unknown): value is readonly T[] =>
  Array.isArray(value) && value.every(isItem)

/** Several tables, one a line. */
export function parseOvsdbTables(text: string, section: string): Parsed<readonly OvsdbTable[]> {
  const value: OvsdbTable[] = []
  const rest: Unparsed[] = []
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const table = parseOvsdbTable(line)
    if (table.ok) value.push(table.value)
    else rest.push(unparsed(section, line, table.error.reason))
  }
  return { value, unparsed: rest }
}

/** Column that only this table has, for tables that come without a caption. */
const tellingColumn = {
  Bridge: 'datapath_type',
  Port: 'interfaces',
  Interface: 'ofport',
  Controller: 'target',
  Open_vSwitch: 'datapath_types',
} as const
export type OvsdbTableName = keyof typeof tellingColumn

export function findTable(tables: readonly OvsdbTable[], name: OvsdbTableName): readonly OvsdbRow[] {
  const table = tables.find(({ caption, headings }) => (caption === '' ? headings.includes(tellingColumn[name]) : caption === name))
  return table?.rows ?? []
}
