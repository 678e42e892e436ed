'use client'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import type { PlainKind } from '@/components/lib/kind-places'
import { capitalise } from '@/server/core/explain/words'
import { kindOf } from '@/server/core/topology/kinds/kinds'

import { ChangeMark } from '../ChangeMark'
import type { DesignTableProps } from '../design-table'
import { plainRows, printedColumns, type PlainRow } from './plain-rows'

/** The table of a kind that has none made by hand: what it is called, and its fields as they are printed. */
export function PlainTable({ kind, index, filter, selectedId, onSelect, empty }: DesignTableProps & { readonly kind: PlainKind }) {
  const { words } = kindOf(kind)
  const rows = plainRows(index.topology, kind, filter)
  const columns: Column<PlainRow>[] = [
    {
      key: 'name',
      header: capitalise(words.one),
      sortBy: ({ label }) => label,
      isMarked: true,
      cell: ({ id, label }) => (
        <span className="flex min-w-0 items-center gap-1">
          <ChangeMark action={index.actionOf(id)} />
          <span className="truncate font-medium" title={label}>
            {label}
          </span>
        </span>
      ),
    },
    ...printedColumns(rows).map((field): Column<PlainRow> => ({
      key: field,
      header: capitalise(field),
      sortBy: ({ printed }) => printed[field] ?? null,
      cell: (row) => <PrintedCell row={row} field={field} />,
    })),
  ]
  return (
    <DataTable
      label={capitalise(words.many)}
      isVirtual
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      selectedKey={selectedId}
      empty={empty}
      onRowSelect={({ id }) => onSelect(id)}
    />
  )
}

function PrintedCell({ row: { printed, keys }, field }: { readonly row: PlainRow; readonly field: string }) {
  const value = printed[field] ?? null
  if (value === null) return <span className="text-faint">–</span>
  // An address, or the name of a device.
  return keys.includes(value) ? <Mono value={value} canCopy /> : value
}
