// Columns that tables of several kinds of objects have.

import Link from 'next/link'
import type { ReactNode } from 'react'

import { hrefOf } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { ChangeMark } from '@/components/networks/ChangeMark'
import type { Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import type { ChangeAction } from '@/server/core/plan/change'
import { kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind } from '@/server/core/topology/topology'
import { capitalise } from '@/server/core/explain/words'

/** Where there is nothing to say. */
export const None = ({ children = '–' }: { readonly children?: ReactNode }) => <span className="text-faint">{children}</span>

/** What a cell begins with: what happens to the object since the last applied revision. */
export const Marked = ({ action, children }: { readonly action: ChangeAction | null; readonly children: ReactNode }) => (
  <span className="flex min-w-0 items-center gap-1">
    <ChangeMark action={action} />
    {children}
  </span>
)

interface NameColumn<Row> {
  readonly index: TopologyIndex
  readonly kind: Kind
  readonly id: (row: Row) => string
  readonly name: (row: Row) => string
  readonly width?: string
  /** Behind the name. */
  readonly badge?: (row: Row) => ReactNode
}

/** The name, which leads to the object's page. */
export const nameColumn = <Row,>({ index, kind, id, name, width, badge }: NameColumn<Row>): Column<Row> => ({
  key: 'name',
  header: capitalise(kindOf(kind).words.one),
  sortBy: name,
  isMarked: true,
  ...(width && { width }),
  cell: (row) => (
    <Marked action={index.actionOf(id(row))}>
      <Link href={hrefOf(kind, id(row))} title={name(row)} className="truncate font-medium hover:underline">
        {name(row)}
      </Link>
      {badge?.(row)}
    </Marked>
  ),
})

/** The beginning of a UUID; all of it is copied. */
export const idColumn = <Row,>(id: (row: Row) => string, header = 'ID'): Column<Row> => ({
  key: 'id',
  header,
  width: '96px',
  isSecondary: true,
  cell: (row) => <Mono value={id(row)} shown={id(row).slice(0, 8)} canCopy />,
})

export const projectColumn = <Row extends { readonly project: string }>(width: string): Column<Row> => ({
  key: 'project',
  header: 'Project',
  width,
  sortBy: ({ project }) => project,
  cell: ({ project }) => <span title={project}>{project}</span>,
})

export const descriptionColumn = <Row,>(description: (row: Row) => string | undefined): Column<Row> => ({
  key: 'description',
  header: 'Description',
  sortBy: description,
  cell: (row) => (description(row) ? <span title={description(row)}>{description(row)}</span> : <None />),
})

export const countColumn = <Row,>(key: string, header: string, width: string, count: (row: Row) => number): Column<Row> => ({
  key,
  header,
  width,
  align: 'right',
  sortBy: count,
  cell: (row) => (count(row) === 0 ? <None>0</None> : count(row)),
})

interface TickColumn<Row> {
  readonly id: (row: Row) => string
  /** "VLAN 101" */
  readonly name: (row: Row) => string
  readonly ticked: ReadonlySet<string>
  readonly onTick: (id: string, isTicked: boolean) => void
}

/** Rows that are acted on together (use-ticks.ts). */
export const tickColumn = <Row,>({ id, name, ticked, onTick }: TickColumn<Row>): Column<Row> => ({
  key: 'tick',
  header: 'Tick',
  isHeaderHidden: true,
  width: '40px',
  cell: (row) => (
    <input
      type="checkbox"
      aria-label={`Tick ${name(row)}`}
      checked={ticked.has(id(row))}
      className="size-4 align-middle accent-accent"
      onChange={(event) => onTick(id(row), event.target.checked)}
    />
  ),
})
