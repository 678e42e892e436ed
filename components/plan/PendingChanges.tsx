'use client'

import { GitCompareArrows } from 'lucide-react'
import Link from 'next/link'

import { hrefOf, routes } from '@/components/lib/routes'
import { buttonClass } from '@/components/ui/button-class'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { objectKindWord } from '@/server/core/explain/object-change'
import type { ObjectChange } from '@/server/core/plan/change'
import type { Kind } from '@/server/core/topology/topology'

import { ActionSign } from './ActionSign'
import { FieldChanges } from './FieldChanges'

const columns: readonly Column<ObjectChange>[] = [
  { key: 'action', header: '±', width: '52px', sortBy: ({ action }) => action, cell: (change) => <ActionSign action={change.action} /> },
  {
    key: 'kind',
    header: 'Kind',
    width: '130px',
    sortBy: ({ kind }) => objectKindWord[kind],
    cell: (change) => <span className="text-dim">{objectKindWord[change.kind]}</span>,
  },
  { key: 'name', header: 'Name', width: '24%', sortBy: ({ name }) => name, cell: (change) => <ObjectLink change={change} /> },
  { key: 'fields', header: 'Fields', cell: (change) => <FieldChanges action={change.action} fields={change.fields} /> },
]

interface PendingChangesProps {
  readonly changes: readonly ObjectChange[]
  readonly revision: number
}

/** What was edited since the last applied revision. */
export function PendingChanges({ changes, revision }: PendingChangesProps) {
  return (
    <div className="min-h-0 flex-1 overflow-hidden bg-panel">
      <DataTable
        label="Pending changes"
        isVirtual
        columns={columns}
        rows={changes}
        rowKey={(change) => `${change.kind}/${change.id}`}
        empty={
          <EmptyState
            Icon={GitCompareArrows}
            title="No pending changes"
            action={
              <Link href={routes.topology()} className={buttonClass()}>
                Go to the topology
              </Link>
            }
          >
            {revision === 0 ? 'Nothing was designed yet.' : `The design is revision ${revision}, as applied.`} A plan still compares it with
            the hosts and repairs what drifted.
          </EmptyState>
        }
      />
    </div>
  )
}

function ObjectLink({ change }: { readonly change: ObjectChange }) {
  if (change.action === 'remove') return <span className="line-through decoration-bad/60">{change.name}</span>
  return (
    <Link href={addressOf(change)} className="text-accent hover:underline">
      {change.name}
    </Link>
  )
}

/** What is drawn in the topology is shown there. */
const DRAWN: ReadonlySet<Kind> = new Set(['project', 'network', 'subnet', 'port', 'vm'])

const addressOf = ({ kind, id }: ObjectChange): string => (DRAWN.has(kind) ? routes.topology({ selected: id }) : hrefOf(kind, id))
