'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useQueryState } from 'nuqs'

import { byPages, pagedList } from '@/components/lib/paged-list'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Tabs } from '@/components/ui/Tabs'

import { OperationsTable } from './OperationsTable'
import { RevisionsTable } from './RevisionsTable'
import { RunsTable } from './RunsTable'
import { runsParams } from './view-params'

/** What was applied: every run, and every revision a run made; and what else is done about the hosts. */
export function RunsPage() {
  const trpc = useTRPC()
  const [tab, setTab] = useQueryState('tab', runsParams.tab)
  const runs = pagedList(useInfiniteQuery(trpc.runs.list.infiniteQueryOptions({}, byPages)))
  const revisions = pagedList(useInfiniteQuery(trpc.revisions.list.infiniteQueryOptions({}, byPages)))
  const operations = useQuery(trpc.operations.list.queryOptions())
  return (
    <Page title="Runs" isFlush>
      <div className="flex min-h-0 flex-1 flex-col bg-panel">
        <Tabs
          label="History"
          value={tab}
          onValueChange={(next) => void setTab(next)}
          tabs={[
            {
              value: 'runs',
              label: 'Runs',
              ...(runs.data ? { count: runs.data.more.total } : {}),
              content: (
                <QueryBoundary query={runs} act="Loading the runs">
                  {(data) => <RunsTable runs={data} />}
                </QueryBoundary>
              ),
            },
            {
              value: 'revisions',
              label: 'Revisions',
              ...(revisions.data ? { count: revisions.data.more.total } : {}),
              content: (
                <QueryBoundary query={revisions} act="Loading the revisions">
                  {(data) => <RevisionsTable revisions={data} />}
                </QueryBoundary>
              ),
            },
            {
              value: 'operations',
              label: 'Operations',
              content: (
                <QueryBoundary query={operations} act="Loading the operations">
                  {(data) => <OperationsTable operations={data} />}
                </QueryBoundary>
              ),
            },
          ]}
        />
      </div>
    </Page>
  )
}
