'use client'

import { Plus, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { QueryBoundary, type QueryLike } from '@/components/lib/QueryBoundary'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { capitalise, plural } from '@/server/core/explain/words'
import { kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind } from '@/server/core/topology/topology'

interface ListPageProps {
  readonly kind: Kind
  readonly query: QueryLike<unknown>
  /** What is being loaded, for the error. */
  readonly act?: string
  readonly Icon: LucideIcon
  /** What such objects are for, and what one needs first: shown where there is none. */
  readonly purpose: ReactNode
  readonly total: number
  readonly shown: number
  readonly filter: string
  readonly onFilter: (filter: string) => void
  /** What the filter looks at. */
  readonly searched: string
  readonly onCreate: () => void
  /** Why none can be made now. */
  readonly whyNot?: string | null
  /** "Create router", where it is called otherwise. */
  readonly createLabel?: string
  readonly table: ReactNode
  /** Inspector and dialogs. */
  readonly children?: ReactNode
}

/** All objects of a kind: the table, what the filter leaves of it, and what to do when there are none. */
export function ListPage(props: ListPageProps) {
  const { kind, query, act = 'Loading the design', Icon, purpose, total, shown, filter, onFilter, searched, table, children } = props
  const { one, many } = kindOf(kind).words
  const create = (
    <Button variant="primary" disabledReason={props.whyNot ?? null} onClick={props.onCreate}>
      <Plus aria-hidden />
      {props.createLabel ?? `Create ${one}`}
    </Button>
  )
  return (
    <Page
      title={capitalise(many)}
      meta={total > 0 && plural(total, one, many)}
      filter={<FilterInput label={`Filter ${many}`} value={filter} onValueChange={onFilter} count={`${shown} of ${total}`} />}
      actions={total > 0 && create}
      isFlush
    >
      <QueryBoundary query={query} act={act}>
        {() =>
          total === 0 ? (
            <EmptyState Icon={Icon} title={`No ${many} yet`} action={create}>
              {purpose}
            </EmptyState>
          ) : shown === 0 ? (
            <NoMatch noun={one} filter={filter} onClear={() => onFilter('')} searched={searched} />
          ) : (
            <div className="min-h-0 flex-1 bg-panel">{table}</div>
          )
        }
      </QueryBoundary>
      {children}
    </Page>
  )
}
