'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ListChecks } from 'lucide-react'
import Link from 'next/link'

import { byPages, pagedList } from '@/components/lib/paged-list'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { Page } from '@/components/shell/Page'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainVerdict } from '@/server/core/explain/verdict'
import type { VerificationSummary } from '@/server/core/api-types'
import { verificationStatusWord } from '@/server/core/explain/verification'
import { duration, plural } from '@/server/core/explain/words'

import { verificationStatus } from './evidence-status'

function VerdictCell({ verdict }: Pick<VerificationSummary, 'verdict'>) {
  const sentence = verdict && explainVerdict(verdict)
  return <span title={sentence ?? ''}>{sentence}</span>
}

const columns: readonly Column<VerificationSummary>[] = [
  {
    key: 'status',
    header: 'State',
    width: '120px',
    cell: (row) => <StatusMark status={verificationStatus[row.status]} label={verificationStatusWord[row.status]} />,
  },
  { key: 'path', header: 'Path', width: '26%', cell: (row) => `${row.sourceLabel} → ${row.destinationLabel}` },
  { key: 'network', header: 'Network', width: '120px', cell: (row) => row.networkName },
  { key: 'at', header: 'Started', width: '110px', cell: (row) => <Age at={row.startedAt} className="text-dim" /> },
  { key: 'took', header: 'Took', width: '96px', align: 'right', cell: (row) => (row.durationMs === null ? '' : duration(row.durationMs)) },
  { key: 'verdict', header: 'Verdict', cell: (row) => <VerdictCell verdict={row.verdict} /> },
]

/** All evidence that was kept, the latest first. */
export function VerificationsPage() {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const query = pagedList(useInfiniteQuery(trpc.verifications.list.infiniteQueryOptions({}, byPages)))
  return (
    <Page title="Verifications" meta={query.data && query.data.more.total > 0 && plural(query.data.more.total, 'verification')} isFlush>
      <QueryBoundary query={query} act="Loading the verifications">
        {(list) => (
          <div className="min-h-0 flex-1 overflow-hidden bg-panel">
            <DataTable
              label="Verifications"
              columns={columns}
              isVirtual
              {...list}
              rowKey={(row) => row.id}
              onRowSelect={(row) => navigate.push(routes.verification(row.id))}
              empty={
                <EmptyState
                  Icon={ListChecks}
                  title="Nothing was verified yet"
                  action={
                    <Link href={routes.path()} className={buttonClass('primary')}>
                      Choose a path
                    </Link>
                  }
                >
                  A verification pings along a path, captures at every hop and keeps what it saw.
                </EmptyState>
              }
            />
          </div>
        )}
      </QueryBoundary>
    </Page>
  )
}
