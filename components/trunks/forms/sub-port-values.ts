// Rows of subports as they are typed ↔ the API's list. One row is one subport, or a new port in a network for each of several
// VLAN ids ("101-110, 200"). Pure; what an id may be is the server's rule, so whatever is no range is sent as it was typed.

import { groupError } from '@/components/lib/app-error'

import { toPort, type PortChoice } from '../port-choices'

export type SegmentationType = 'vlan' | 'inherit'

export interface SubPortRow {
  /** Only for React's keys. */
  readonly key: number
  readonly port: PortChoice
  readonly type: SegmentationType
  readonly ids: string
}

export const newRow = (key: number, port: PortChoice = ''): SubPortRow => ({ key, port, type: 'vlan', ids: '' })

const SEVERAL = /^(\d{1,4})-(\d{1,4})$/

/** "101-103, 7" → 101, 102, 103, 7. What cannot be read is kept. */
export function listIds(text: string): string[] {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const ids = parts.flatMap((part) => {
    const [from, to] = (SEVERAL.exec(part) ?? []).slice(1).map(Number)
    return from === undefined || to === undefined || to < from
      ? [part]
      : Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
  })
  return ids.length === 0 ? [''] : ids
}

const idsOf = ({ type, ids }: SubPortRow): string[] => (type === 'inherit' ? [''] : listIds(ids))

export const countSubPorts = (rows: readonly SubPortRow[]): number => rows.reduce((sum, row) => sum + idsOf(row).length, 0)

export function toSubPorts(rows: readonly SubPortRow[]) {
  return rows.flatMap((row) =>
    idsOf(row).map((id) => ({
      ...toPort(row.port),
      segmentationType: row.type,
      ...(row.type === 'vlan' && { segmentationId: id }),
    })),
  )
}

export interface RowErrors {
  readonly port: string | null
  readonly type: string | null
  readonly ids: string | null
}

/** The server counts subports; a row that stands for several says which one is wrong. */
export function rowErrors(error: unknown, rows: readonly SubPortRow[], at: number): RowErrors {
  const first = countSubPorts(rows.slice(0, at))
  const ids = idsOf(rows[at]!)
  const find = (...fields: readonly string[]) => {
    for (const [offset, id] of ids.entries()) {
      for (const field of fields) {
        const message = groupError(error, `subPorts.${first + offset}${field}`)
        if (message !== null) return ids.length > 1 ? `${id}: ${message}` : message
      }
    }
    return null
  }
  return { port: find('.portId', '.networkId'), type: find('.segmentationType'), ids: find('.segmentationId', '') }
}
