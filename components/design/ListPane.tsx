'use client'

import type { ReactNode } from 'react'

import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'

interface ListPaneProps {
  /** What is listed: "rule". */
  readonly noun: string
  readonly total: number
  readonly shown: number
  readonly filter: string
  readonly onFilter: (filter: string) => void
  /** What the filter looks at. */
  readonly searched: string
  /** Shown where there are none: that there are none, what they are for, and what to do. */
  readonly nothing: { readonly title: string; readonly text: ReactNode; readonly action: ReactNode }
  readonly actions: ReactNode
  /** The table. */
  readonly children: ReactNode
}

/** The parts of an object in a tab: filter and buttons above, the table below. */
export function ListPane({ noun, total, shown, filter, onFilter, searched, nothing, actions, children }: ListPaneProps) {
  if (total === 0) {
    return (
      <EmptyState title={nothing.title} action={nothing.action}>
        {nothing.text}
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label={`Filter ${noun}s`} value={filter} onValueChange={onFilter} count={`${shown} of ${total}`} />
        <div className="ml-auto flex items-center gap-2">{actions}</div>
      </div>
      <div className="min-h-0 flex-1">
        {shown === 0 ? <NoMatch noun={noun} filter={filter} onClear={() => onFilter('')} searched={searched} /> : children}
      </div>
    </div>
  )
}
