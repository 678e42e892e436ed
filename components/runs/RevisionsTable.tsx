'use client'

import { History } from 'lucide-react'
import { useQueryState } from 'nuqs'

import type { PagedList } from '@/components/lib/paged-list'
import { Age } from '@/components/ui/Age'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import type { RevisionSummary } from '@/server/core/api-types'
import { explainCounts, objectKindWord } from '@/server/core/explain/object-change'
import type { Kind } from '@/server/core/topology/topology'

import { RevisionInspector } from './RevisionInspector'
import { runsParams } from './view-params'

const shownKinds: readonly Kind[] = ['host', 'network', 'subnet', 'port', 'vm']

const columns: readonly Column<RevisionSummary>[] = [
  {
    key: 'number',
    header: 'Revision',
    width: '90px',
    align: 'right',
    cell: (revision) => <span className="font-mono">{revision.number}</span>,
  },
  { key: 'at', header: 'Applied', width: '120px', cell: (revision) => <Age at={revision.createdAt} className="text-dim" /> },
  { key: 'changes', header: 'Against the one before', width: '260px', cell: (revision) => explainCounts(revision.changeCounts) },
  {
    key: 'counts',
    header: 'Holds',
    cell: (revision) => (
      <span className="text-dim">{shownKinds.map((kind) => `${revision.counts[kind]} ${objectKindWord[kind]}`).join(' · ')}</span>
    ),
  },
]

/** Every design that was applied; immutable. */
export function RevisionsTable({ revisions }: { readonly revisions: PagedList<RevisionSummary> }) {
  const [number, setNumber] = useQueryState('revision', runsParams.revision)
  return (
    <>
      <DataTable
        label="Revisions"
        columns={columns}
        isVirtual
        {...revisions}
        rowKey={(revision) => String(revision.number)}
        selectedKey={number === null ? null : String(number)}
        onRowSelect={(revision) => void setNumber(revision.number)}
        empty={
          <EmptyState Icon={History} title="No revision yet">
            Each plan that is applied successfully makes one: an immutable copy of the design.
          </EmptyState>
        }
      />
      {number !== null && <RevisionInspector number={number} onClose={() => void setNumber(null)} />}
    </>
  )
}
