'use client'

// The order of a table's rows: as they come, or by a column that the operator chose. Columns and sorting are TanStack Table's; how a
// row and a cell look is DataTable's.

import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useMemo } from 'react'

import { compareNaturally, type SortValue } from './compare-naturally'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

interface SortableColumn<Row> {
  readonly key: string
  readonly header: string
  readonly sortBy?: (row: Row) => SortValue
}

export interface HeaderSort {
  /** What a screen reader says of the header. */
  readonly direction: 'ascending' | 'descending' | 'none'
  /** Ascending, descending, as they came. */
  readonly toggle: () => void
}

export interface SortedRows<Row> {
  readonly rows: readonly Row[]
  /** null where the rows cannot be ordered by that column. */
  readonly sortOf: (key: string) => HeaderSort | null
}

const DIRECTIONS = { asc: 'ascending', desc: 'descending' } as const

/** `isWhole`: the rows are all that there are. Those of a part in order would look like the first of all. */
export function useSortedRows<Row extends object>(
  rows: readonly Row[],
  columns: readonly SortableColumn<Row>[],
  isWhole: boolean,
): SortedRows<Row> {
  const definitions = useMemo(() => columns.map(define), [columns])
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    enableSorting: isWhole,
    enableMultiSort: false,
    // The first click gives A to Z and the fewest, whatever the values are.
    sortDescFirst: false,
  })
  return {
    rows: isWhole ? table.getRowModel().rows.map(({ original }) => original) : rows,
    sortOf: (key) => {
      const column = table.getColumn(key)
      if (!column?.getCanSort()) return null
      const sorted = column.getIsSorted()
      return { direction: sorted === false ? 'none' : DIRECTIONS[sorted], toggle: () => column.toggleSorting() }
    },
  }
}

function define<Row extends object>({ key, header, sortBy }: SortableColumn<Row>): ColumnDef<typeof features, Row> {
  return {
    id: key,
    header,
    accessorFn: (row) => sortBy?.(row),
    enableSorting: sortBy !== undefined,
    sortUndefined: false,
    sortFn: (left, right) => compareNaturally(left.getValue(key), right.getValue(key)),
  }
}
