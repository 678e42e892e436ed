'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { Button } from '@/components/ui/Button'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { useToast } from '@/components/ui/Toast'
import { explainApply, explainBlastRadius, whyNotApply } from '@/server/core/explain/plan'
import { explainImpact } from '@/server/core/explain/plan-findings'
import type { Plan } from '@/server/core/plan/plan'

/** Says what it will do, to how many ports; asks once more when ports lose packets. */
export function ApplyPlan({ plan }: { readonly plan: Plan }) {
  const trpc = useTRPC()
  const navigate = useNavigate()
  const { show } = useToast()
  const [isAsking, setAsking] = useState(false)
  const losing = plan.impacts.filter((impact) => impact.kind !== 'new')
  const apply = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ runId }) => navigate.push(routes.run(runId)),
      onError: (error) =>
        losing.length === 0 && show({ status: 'bad', title: 'The plan was not applied', detail: appError(error).message }),
    }),
  )
  const start = () => apply.mutate({ planId: plan.id })
  return (
    <>
      <Button
        variant="primary"
        isBusy={apply.isPending}
        disabledReason={whyNotApply(plan)}
        onClick={losing.length === 0 ? start : () => setAsking(true)}
      >
        {explainApply(plan)}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={start}
        title="Apply a plan that costs packets?"
        confirmLabel="Apply now"
        isBusy={apply.isPending}
        error={apply.error && <ErrorNote error={appError(apply.error)} />}
      >
        <p>{explainBlastRadius(plan)}</p>
        <ul className="mt-2 max-h-48 overflow-y-auto rounded-md border border-line bg-canvas py-1">
          {losing.map((impact) => (
            <li key={`${impact.kind}/${impact.hostId}/${impact.label}`} className="flex gap-2 px-2 py-0.5">
              <span className="w-20 shrink-0 text-faint">{impact.kind}</span>
              <span className="min-w-0 truncate text-ink" title={explainImpact(impact.reason)}>
                {impact.label}
              </span>
            </li>
          ))}
        </ul>
      </ConfirmDialog>
    </>
  )
}
