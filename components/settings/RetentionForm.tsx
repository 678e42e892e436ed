'use client'

import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { renewQueries } from '@/components/lib/renew-queries'
import { useTRPC } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { Form } from '@/components/ui/Form'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { useToast } from '@/components/ui/Toast'
import { explainPreview } from '@/server/core/explain/retention'
import type { Retention } from '@/server/core/retention/retention'
import type { RetentionReport } from '@/server/core/retention/retention-report'

import { RemovalDialog } from './RemovalDialog'
import { RetentionFoot } from './RetentionFoot'
import { RetentionTable } from './RetentionTable'
import { outOfBounds, toRetention, type RetentionValues } from './retention-values'

/** The limits, what is there of each kind, and before they are saved what they would take. */
export function RetentionForm({ report }: { readonly report: RetentionReport }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { show } = useToast()
  const [isAsking, setAsking] = useState(false)
  const form = useForm<RetentionValues>(report.limits)
  const limits = toRetention(form.values)
  const asked = useDeferredValue(form.isTouched ? limits : null)
  const preview = useQuery(trpc.settings.previewRetention.queryOptions(asked ?? skipToken, { staleTime: 0, gcTime: 0 }))
  const taken = asked && preview.data ? explainPreview(preview.data) : null
  const save = useMutation(
    trpc.settings.setRetention.mutationOptions({
      onSuccess: async () => {
        setAsking(false)
        await renewQueries(queryClient, trpc.settings.pathFilter())
        form.discard()
        show({ status: 'ok', title: 'Saved how long things are kept' })
      },
    }),
  )
  const store = (next: Retention | null) => next && save.mutate(next)
  const submit = () => (taken === null ? store(limits) : setAsking(true))
  return (
    <>
      <Form aria-label="How long things are kept" onSubmit={submit}>
        <RetentionTable form={form} report={report} wrong={outOfBounds(form.values)} />
        {save.error !== null && !isAsking && (
          <div className="px-3 pb-3">
            <ErrorNote error={appError(save.error)} title="Saving" />
          </div>
        )}
        <RetentionFoot form={form} isValid={limits !== null} isBusy={save.isPending} isCounting={preview.isFetching} taken={taken} />
      </Form>
      {/* Beside the form: what is submitted in a dialog would be submitted in it too. */}
      <RemovalDialog isOpen={isAsking} taken={taken ?? ''} save={save} onClose={() => setAsking(false)} onConfirm={() => store(limits)} />
    </>
  )
}
