'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

import { useDesignIndex } from '@/components/design/use-design-index'
import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { FilterInput } from '@/components/ui/FilterInput'
import { Notice } from '@/components/ui/Notice'
import type { PendingChanges } from '@/server/core/api-types'
import type { Plan } from '@/server/core/plan/plan'
import { kindOf, labelOf } from '@/server/core/topology/kinds/kinds'

import { aboutObject, planAbout } from './about'
import { ApplyPlan } from './ApplyPlan'
import { PlanView } from './PlanView'
import type { PlanTab } from './view-params'

interface PlanPaneProps {
  readonly planId: string
  readonly tab: PlanTab
  readonly filter: string
  /** Id of the object that alone is shown. */
  readonly aboutId: string | null
  readonly onChange: (next: { readonly tab?: PlanTab; readonly q?: string; readonly about?: null }) => void
  readonly onClose: () => void
  readonly pending: PendingChanges | null
  /** Plan again. */
  readonly actions: ReactNode
  /** Of planning again. */
  readonly error: unknown
}

/** One plan, from its three views to the button that applies it. */
export function PlanPane({ planId, tab, filter, aboutId, onChange, onClose, pending, actions, error }: PlanPaneProps) {
  const trpc = useTRPC()
  const query = useQuery(trpc.plans.get.queryOptions({ id: planId }))
  const plan = query.data
  const { index } = useDesignIndex()
  const about = aboutId === null ? undefined : index.objects.get(aboutId)
  return (
    <Page
      title="Plan"
      meta={
        <>
          <Button size="sm" variant="ghost" onClick={onClose}>
            All changes
          </Button>
          {about && (
            <Button size="sm" aria-label="Show all of the plan" onClick={() => onChange({ about: null })}>
              About {kindOf(about.kind).words.one} {labelOf(index.topology, about)}
              <X aria-hidden />
            </Button>
          )}
          {plan && (
            <span>
              made <Age at={plan.createdAt} /> against {plan.baseRevision === 0 ? 'an empty design' : `revision ${plan.baseRevision}`}
            </span>
          )}
        </>
      }
      filter={
        tab === 'objects' && <FilterInput label="Filter changes" value={filter} onValueChange={(q) => onChange({ q })} className="w-52" />
      }
      actions={
        <>
          {actions}
          {plan && <ApplyPlan plan={plan} />}
        </>
      }
      isFlush
    >
      {error ? (
        <div className="shrink-0 p-3">
          <ErrorNote title="Planning again" error={appError(error)} />
        </div>
      ) : null}
      {plan && pending && isOutdated(plan, pending) && (
        <Notice status="warn" title="The design is not the one this plan was made from" className="m-3 shrink-0">
          It was edited or applied since. Plan again to see what would happen now.
        </Notice>
      )}
      <QueryBoundary query={query} act="Loading the plan">
        {(data) => (
          <PlanView
            plan={about ? planAbout(data, aboutObject(index, about)) : data}
            tab={tab}
            onTabChange={(next) => onChange({ tab: next })}
            filter={filter}
          />
        )}
      </QueryBoundary>
    </Page>
  )
}

/** A hint only; the server compares digests and decides. */
function isOutdated(plan: Plan, pending: PendingChanges): boolean {
  const names = (changes: Plan['objects']) =>
    changes
      .map((change) => `${change.action} ${change.kind} ${change.id}`)
      .sort()
      .join('\n')
  return plan.baseRevision !== pending.revision || names(plan.objects) !== names(pending.changes)
}
