'use client'

import { useQuery } from '@tanstack/react-query'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import type { Overview } from '@/server/core/api-types'

import { CountsPanel } from './CountsPanel'
import { firstSteps } from './first-steps'
import { FirstSteps } from './FirstSteps'
import { HostsPanel } from './HostsPanel'
import { LastRunPanel } from './LastRunPanel'
import { LastVerificationPanel } from './LastVerificationPanel'
import { PendingPanel } from './PendingPanel'

export function OverviewPage() {
  const trpc = useTRPC()
  const query = useQuery(trpc.overview.get.queryOptions())
  return (
    <Page title="Overview" meta={query.data && revisionText(query.data.revision)}>
      <QueryBoundary query={query} act="Loading the overview">
        {(overview) => <OverviewCanvas overview={overview} />}
      </QueryBoundary>
    </Page>
  )
}

/** What is up, what waits, what happened last; while the console is new, what to do first. */
function OverviewCanvas({ overview }: { readonly overview: Overview }) {
  const steps = firstSteps(overview)
  const isNew = steps.some(({ isDone }) => !isDone)
  return (
    <div className="flex max-w-7xl flex-col gap-4">
      {isNew && <FirstSteps steps={steps} />}
      {overview.counts.host + overview.counts.project > 0 && (
        <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-4">
          <div className="flex flex-col gap-4">
            <HostsPanel hosts={overview.hosts} />
            <CountsPanel counts={overview.counts} />
          </div>
          <div className="flex flex-col gap-4">
            <PendingPanel pending={overview.pendingChanges} revision={overview.revision} />
            <LastRunPanel run={overview.lastRun} />
            <LastVerificationPanel verification={overview.lastVerification} />
          </div>
        </div>
      )}
    </div>
  )
}

const revisionText = (revision: number): string => (revision === 0 ? 'nothing applied yet' : `revision ${revision} applied`)
