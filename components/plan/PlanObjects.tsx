'use client'

import clsx from 'clsx'
import { useRef } from 'react'

import { EmptyState } from '@/components/ui/EmptyState'
import { useRowWindow } from '@/components/ui/use-row-window'
import { plural } from '@/server/core/explain/words'

import { ActionSign } from './ActionSign'
import { FieldChanges } from './FieldChanges'
import type { PlanRow } from './plan-rows'

const ROW_HEIGHT = 26
/** Beyond this only the rows in view are drawn. */
const DRAWN_WHOLE = 300

interface PlanObjectsProps {
  readonly rows: readonly PlanRow[]
  readonly filter: string
}

/** + ~ − of the design and of every host's resources. */
export function PlanObjects({ rows, filter }: PlanObjectsProps) {
  const scrollRef = useRef<HTMLDivElement>(null)
  const view = useRowWindow(scrollRef, rows.length, ROW_HEIGHT, rows.length > DRAWN_WHOLE)
  if (rows.length === 0) {
    return filter === '' ? (
      <EmptyState title="Nothing changes">The design is as it was applied, and the hosts have what it says.</EmptyState>
    ) : (
      <EmptyState title={`No change matches “${filter}”`}>Names, kinds, hosts and values are searched.</EmptyState>
    )
  }
  return (
    <div
      ref={scrollRef}
      role="list"
      aria-label="Changes"
      tabIndex={0}
      className="h-full overflow-auto bg-panel focus-visible:-outline-offset-2"
    >
      <div style={{ height: view.before }} />
      {rows.slice(view.start, view.end).map((row) => (
        <Row key={`${row.type}/${row.id}`} row={row} />
      ))}
      <div style={{ height: view.after }} />
    </div>
  )
}

function Row({ row }: { readonly row: PlanRow }) {
  if (row.type === 'section') {
    return (
      <div role="listitem">
        <h2 className="flex items-center gap-2 border-b border-line bg-canvas px-3" style={{ height: ROW_HEIGHT }}>
          <span className="font-mono text-sm font-semibold">{row.label}</span>
          <span className="text-xs font-normal text-faint">{plural(row.count, 'change')}</span>
        </h2>
      </div>
    )
  }
  if (row.type === 'group') {
    return (
      <div role="listitem">
        <h3 className="flex items-end gap-2 px-3 pb-0.5 text-sm text-faint" style={{ height: ROW_HEIGHT }}>
          {row.label} <span className="text-xs">{row.count}</span>
        </h3>
      </div>
    )
  }
  return (
    <div role="listitem" className="flex min-w-0 items-center gap-2 px-3 pl-5 hover:bg-hover" style={{ height: ROW_HEIGHT }}>
      <ActionSign action={row.action} />
      {row.kind && <span className="w-32 shrink-0 text-dim">{row.kind}</span>}
      <span className={clsx('truncate font-mono text-sm', row.fields.length > 0 ? 'max-w-[55%] shrink-0' : 'min-w-0')} title={row.label}>
        {row.label}
      </span>
      <FieldChanges action={row.action} fields={row.fields} />
    </div>
  )
}
