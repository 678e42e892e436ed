'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'

import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { explainPendingCount } from '@/server/core/explain/object-change'

import { DesignNotes } from './DesignNotes'
import { DiscardChanges } from './DiscardChanges'
import { PendingChanges } from './PendingChanges'
import { PlanPane } from './PlanPane'
import { changesParams } from './view-params'

/** From edits to a plan to the button that applies it. */
export function ChangesPage() {
  const trpc = useTRPC()
  const [view, setView] = useQueryStates(changesParams)
  const pending = useQuery(trpc.changes.list.queryOptions())
  const create = useMutation(
    trpc.plans.create.mutationOptions({ onSuccess: (plan) => void setView({ plan: plan.id, q: '' }, { history: 'push' }) }),
  )
  const changes = pending.data?.changes ?? []
  const planButton = (
    <Button variant={view.plan === null ? 'primary' : 'secondary'} isBusy={create.isPending} onClick={() => create.mutate()}>
      {create.isPending ? 'Reading the hosts' : view.plan === null ? 'Plan' : 'Plan again'}
    </Button>
  )
  if (view.plan !== null) {
    return (
      <PlanPane
        planId={view.plan}
        tab={view.tab}
        filter={view.q}
        aboutId={view.about}
        onChange={(next) => void setView(next)}
        onClose={() => void setView({ plan: null, q: '', about: null }, { history: 'push' })}
        pending={pending.data ?? null}
        actions={planButton}
        error={create.error}
      />
    )
  }
  return (
    <Page
      title="Changes"
      meta={pending.data && explainPendingCount(changes.length)}
      isFlush
      actions={
        <>
          <DiscardChanges changes={changes} revision={pending.data?.revision ?? 0} />
          {planButton}
        </>
      }
    >
      {create.error && (
        <div className="shrink-0 p-3">
          <ErrorNote title="Planning" error={appError(create.error)} />
        </div>
      )}
      <DesignNotes />
      <QueryBoundary query={pending} act="Loading the changes">
        {(data) => <PendingChanges changes={data.changes} revision={data.revision} />}
      </QueryBoundary>
    </Page>
  )
}
