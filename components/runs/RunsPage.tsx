'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'

import { pagedList } from '@/components/lib/paged-list'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Tabs } from '@/components/ui/Tabs'

import { RevisionsTable } from './RevisionsTable'
import { RunsTable } from './RunsTable'

const tabs = ['runs', 'revisions'] as const

/** What was applied: every run, and every revision a run made. */
export function RunsPage() {
  const trpc = useTRPC()
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('runs'))
  const runs = pagedList(useInfiniteQuery(trpc.runs.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor })))
  const revisions = pagedList(useInfiniteQuery(trpc.revisions.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor })))
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
          ]}
        />
      </div>
    </Page>
  )
}
