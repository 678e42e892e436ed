// Rows of a bench as a table for people.

import type { BenchRow } from './bench'

const columns = ['case', 'ours', 'rival', 'floor', 'bar', 'ok'] as const

export function printRows(rows: readonly BenchRow[]): string {
  const table = [columns as readonly string[], ...rows.map(cells)]
  const widths = columns.map((_, column) => Math.max(...table.map((line) => line[column]!.length)))
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const cells = (row: BenchRow): readonly string[] => [
  row.case,
  number(row.ours),
  number(row.rival),
  number(row.floor),
  row.bar ?? '-',
  row.ok === null ? '-' : `${row.ok ? 'yes' : 'NO'}${ratio(row)}`,
]

function ratio({ ours, rival, floor, bar }: BenchRow): string {
  if (bar?.startsWith('rival') && rival !== null) return `, ${(rival / ours).toFixed(2)}`
  return bar?.startsWith('ours / floor') && floor !== null ? `, ${(ours / floor).toFixed(2)}` : ''
}

function number(value: number | null): string {
  if (value === null) return '-'
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 3 : 1)
}
