'use client'

import { useQuery } from '@tanstack/react-query'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Panel } from '@/components/ui/Panel'

import { RetentionForm } from './RetentionForm'
import { StorageFacts } from './StorageFacts'

const AS_GOOD_AS_NEW_MS = 10_000

/** What operators set about the console itself. */
export function SettingsPage() {
  const trpc = useTRPC()
  // Runs and verifications come and go without a word about what is kept of them: read anew with each visit, unless it came with the page.
  const query = useQuery(trpc.settings.getRetention.queryOptions(undefined, { staleTime: AS_GOOD_AS_NEW_MS, refetchOnMount: true }))
  return (
    <Page title="Settings">
      <div className="flex max-w-5xl flex-col gap-4">
        <QueryBoundary query={query} act="Loading the settings">
          {(report) => (
            <>
              <Panel title="How long things are kept" meta="by number and by age; revisions always" isFlush>
                <RetentionForm report={report} />
              </Panel>
              <Panel title="Storage">
                <StorageFacts report={report} />
              </Panel>
            </>
          )}
        </QueryBoundary>
      </div>
    </Page>
  )
}
