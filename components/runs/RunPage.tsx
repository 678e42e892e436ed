'use client'

import Link from 'next/link'

import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { Page } from '@/components/shell/Page'
import { Age } from '@/components/ui/Age'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { StatusMark } from '@/components/ui/StatusMark'
import { useNow } from '@/components/ui/use-now'
import { explainProgress } from '@/server/core/explain/run'
import { duration, shortRun } from '@/server/core/explain/words'
import { isRunOpen, type Run } from '@/server/core/plan/run'

import { CancelRun } from './CancelRun'
import { runStatus } from './run-status'
import { RunView } from './RunView'
import { useRun } from './use-run'

/** One run, live while it goes on, kept afterwards. */
export function RunPage({ runId }: { readonly runId: string }) {
  const { query, streamError } = useRun(runId)
  const run = query.data
  return (
    <Page title={`Run ${shortRun(runId)}`} meta={run && <RunMeta run={run} />} actions={run && isRunOpen(run) && <CancelRun run={run} />}>
      {streamError && run && isRunOpen(run) ? (
        <div className="mb-4">
          <ErrorNote error={appError(streamError)} title="Following the run" />
        </div>
      ) : null}
      <QueryBoundary query={query} act="Loading the run">
        {(data) => <RunView run={data} />}
      </QueryBoundary>
    </Page>
  )
}

function RunMeta({ run }: { readonly run: Run }) {
  return (
    <>
      <span role="status" aria-label="State of the run">
        <StatusMark status={runStatus[run.status]} label={explainProgress(run)} className="font-medium" />
      </span>
      {run.status !== 'queued' && <RunTime run={run} />}
      <Age at={run.startedAt} />
      <span>by {run.actor}</span>
      <Link href={routes.changes({ plan: run.planId })} className="text-accent hover:underline">
        its plan
      </Link>
    </>
  )
}

function RunTime({ run }: { readonly run: Run }) {
  const now = useNow()
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt)
  return end === null ? null : <span>{duration(Math.max(0, end - Date.parse(run.startedAt)))}</span>
}
