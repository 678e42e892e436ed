'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'

import { MoreRow, type MoreRows } from './MoreRow'
import { fittingColumns, neededWidth } from './fitting-columns'
import { useRowWindow } from './use-row-window'
import type { SortValue } from './compare-naturally'
import { useSortedRows, type HeaderSort } from './use-sorted-rows'
import { useWidth } from './use-width'

export interface Column<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** What rows are ordered by when its header is pressed; without it the header is no button. */
  readonly sortBy?: (row: Row) => SortValue
  /** CSS width of the column; without it the column takes what is left. */
  readonly width?: string
  /** Left out where the table is narrow. */
  readonly isSecondary?: boolean
  /** Its cells begin with a change mark; the header stands over the words behind it. */
  readonly isMarked?: boolean
  /** The header is only read aloud: what stands below says itself. */
  readonly isHeaderHidden?: boolean
  /** Numbers stand right. */
  readonly align?: 'left' | 'right'
}

export interface DataTableProps<Row> {
  /** What the table lists, for screen readers: "Hosts". */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Click or Enter on a row. Rows are focusable only with it. */
  readonly onRowSelect?: (row: Row) => void
  readonly selectedKey?: string | null
  readonly rowClassName?: (row: Row) => string | undefined
  /** Renders only the rows in view; needs a parent with a height. For hundreds of rows and more. */
  readonly isVirtual?: boolean
  /** The rest of a list of which these rows are the beginning. */
  readonly more?: MoreRows
  /** Instead of rows, when there are none. */
  readonly empty?: ReactNode
  readonly className?: string
}

const ROW_HEIGHT = 30

/** A plain table: sticky header, one line per row, arrow keys between focusable rows. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  return props.rows.length === 0 && props.empty ? <>{props.empty}</> : <FilledTable {...props} />
}

function FilledTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, more, isVirtual = false, className } = props
  const { rows, sortOf } = useSortedRows(props.rows, props.columns, !more?.hasMore)
  const scrollRef = useRef<HTMLDivElement>(null)
  const columns = fittingColumns(props.columns, useWidth(scrollRef))
  const view = useRowWindow(scrollRef, rows.length, ROW_HEIGHT, isVirtual)
  return (
    <div ref={scrollRef} className={clsx('min-w-0 overflow-auto', isVirtual && 'h-full', className)}>
      <table
        aria-label={label}
        aria-rowcount={(more?.total ?? rows.length) + 1}
        style={{ minWidth: neededWidth(columns) }}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sortOf(column.key)} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={view.before} span={columns.length} />
          {rows.slice(view.start, view.end).map((row, index) => (
            <TableRow key={props.rowKey(row)} row={row} index={view.start + index} columns={columns} table={props} />
          ))}
          <Spacer height={view.after} span={columns.length} />
          {more?.hasMore && <MoreRow more={more} span={columns.length} scrollRef={scrollRef} />}
        </tbody>
      </table>
    </div>
  )
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>
  readonly sort: HeaderSort | null
}

function HeaderCell<Row>({ column, sort }: HeaderCellProps<Row>) {
  return (
    <th
      scope="col"
      aria-sort={sort?.direction}
      className={clsx(
        'sticky top-0 z-10 h-7 truncate border-b border-line bg-panel px-2 text-sm font-medium text-faint first:pl-3 last:pr-3',
        column.align === 'right' ? 'text-right' : 'text-left',
      )}
    >
      {column.isMarked && <span aria-hidden className="inline-block w-4" />}
      {sort ? <SortButton header={column.header} sort={sort} /> : <HeaderText column={column} />}
    </th>
  )
}

function HeaderText<Row>({ column }: Pick<HeaderCellProps<Row>, 'column'>) {
  return column.isHeaderHidden ? <span className="sr-only">{column.header}</span> : column.header
}

const ARROWS = { ascending: ArrowUp, descending: ArrowDown, none: null } as const

function SortButton({ header, sort }: { readonly header: string; readonly sort: HeaderSort }) {
  const Arrow = ARROWS[sort.direction]
  return (
    <button type="button" onClick={sort.toggle} className="inline-flex max-w-full items-center gap-0.5 align-bottom hover:text-ink">
      <span className="truncate">{header}</span>
      {Arrow && <Arrow aria-hidden className="size-3 shrink-0" />}
    </button>
  )
}

interface TableRowProps<Row> {
  readonly row: Row
  readonly index: number
  /** Those that there is room for. */
  readonly columns: readonly Column<Row>[]
  readonly table: DataTableProps<Row>
}

function TableRow<Row>({ row, index, columns, table }: TableRowProps<Row>) {
  const { rowKey, onRowSelect, selectedKey, rowClassName } = table
  const isSelected = selectedKey === rowKey(row)
  return (
    <tr
      data-row
      aria-rowindex={index + 2}
      aria-current={isSelected || undefined}
      tabIndex={onRowSelect ? 0 : undefined}
      style={{ height: ROW_HEIGHT }}
      className={clsx(
        'group/row focus-visible:-outline-offset-2',
        onRowSelect && 'cursor-pointer',
        isSelected ? 'bg-accent-soft' : onRowSelect && 'hover:bg-hover',
        rowClassName?.(row),
      )}
      onClick={onRowSelect && ((event) => !isInControl(event) && onRowSelect(row))}
      onKeyDown={onRowSelect && ((event) => handleRowKey(event, () => onRowSelect(row)))}
    >
      {columns.map((column) => (
        <td
          key={column.key}
          className={clsx(
            'truncate border-b border-line px-2 group-last/row:border-b-0 first:pl-3 last:pr-3',
            column.align === 'right' && 'text-right',
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

function Spacer({ height, span }: { readonly height: number; readonly span: number }) {
  if (height === 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

/** Links and buttons inside a row act for themselves. */
function isInControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input, select, label') !== null
}

function handleRowKey(event: KeyboardEvent<HTMLTableRowElement>, select: () => void): void {
  if (event.target !== event.currentTarget) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    select()
    return
  }
  const sibling = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const next = event.currentTarget[sibling[event.key]]
  if (!(next instanceof HTMLElement) || !next.hasAttribute('data-row')) return
  event.preventDefault()
  next.focus()
}
