'use client'

import { Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

import { QueryBoundary, type QueryLike } from '@/components/lib/QueryBoundary'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
import { ObjectNotes } from '@/components/networks/ObjectNotes'
import { refusalOf } from '@/components/networks/removal'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { capitalise } from '@/server/core/explain/words'
import { kindOf, labelOf } from '@/server/core/topology/kinds/kinds'
import type { Kind } from '@/server/core/topology/topology'

import { PendingNote } from './PendingNote'

interface DetailPageProps {
  readonly kind: Kind
  readonly index: TopologyIndex
  readonly query: QueryLike<unknown>
  readonly act?: string
  /** Undefined: there is no such object. */
  readonly object: ShownObject | undefined
  /** The page of all such objects. */
  readonly list: string
  /** Beside the title: a state, a count. */
  readonly meta?: ReactNode
  /** Which dialog is open, and opening one. */
  readonly state: {
    readonly view: { readonly do: string | null }
    readonly open: (dialog: 'edit' | 'delete') => void
    readonly closeDialog: () => void
  }
  /** Why it cannot be deleted now, where that is not the design's rule. */
  readonly lock?: string | null
  /** Facts, tabs and dialogs of an object that is there. */
  readonly children: ReactNode
}

/** One object: its name, what it is, and that it can be edited and deleted. */
export function DetailPage({ kind, index, query, act, object, list, meta, state, lock, children }: DetailPageProps) {
  const navigate = useNavigate()
  const { one, many } = kindOf(kind).words
  return (
    <Page
      title={object ? labelOf(index.topology, object) : capitalise(one)}
      parent={{ label: capitalise(many), href: list }}
      meta={object && meta}
      actions={
        object && (
          <>
            <Button onClick={() => state.open('edit')}>
              <Pencil aria-hidden />
              Edit
            </Button>
            <Button
              variant="danger"
              aria-label={`Delete ${one}`}
              disabledReason={lock === undefined ? refusalOf(index.topology, object) : lock}
              onClick={() => state.open('delete')}
            >
              <Trash2 aria-hidden />
              Delete
            </Button>
          </>
        )
      }
      isFlush
    >
      <QueryBoundary query={query} act={act ?? 'Loading the design'}>
        {() =>
          object ? (
            <>
              <ObjectNotes index={index} id={object.item.id} />
              <PendingNote index={index} object={object} />
              {children}
            </>
          ) : (
            <NotThere kind={kind} list={list} />
          )
        }
      </QueryBoundary>
      {object && state.view.do === 'delete' && (
        <DeleteDialog
          index={index}
          id={object.item.id}
          object={object}
          onClose={state.closeDialog}
          onDeleted={() => navigate.replace(list)}
        />
      )}
    </Page>
  )
}

function NotThere({ kind, list }: Pick<DetailPageProps, 'kind' | 'list'>) {
  const { one, many } = kindOf(kind).words
  const all = (
    <Link href={list} className={buttonClass('secondary')}>
      All {many}
    </Link>
  )
  return (
    <EmptyState title={`This ${one} does not exist, or no longer`} action={all}>
      Somebody deleted it or what it belongs to, or the address is not whole.
    </EmptyState>
  )
}
