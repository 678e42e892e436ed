'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { explainCancel } from '@/server/core/explain/run'
import type { Run } from '@/server/core/plan/run'

/** Says what cancelling leaves before it cancels. */
export function CancelRun({ run }: { readonly run: Run }) {
  const trpc = useTRPC()
  const [isAsking, setAsking] = useState(false)
  const cancel = useMutation(trpc.runs.cancel.mutationOptions({ onSuccess: () => setAsking(false) }))
  const whyNot =
    run.phase === 'undoing' || run.phase === 'reading-back' ? 'It is already being finished; what it leaves is listed at the end.' : null
  return (
    <>
      <Button variant="danger" disabledReason={whyNot} isBusy={cancel.isSuccess} onClick={() => setAsking(true)}>
        Cancel run
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate({ runId: run.id })}
        title="Cancel the run?"
        confirmLabel={run.phase === 'waiting' ? 'Cancel run' : 'Cancel and undo'}
        isBusy={cancel.isPending}
        error={cancel.error && <ErrorNote error={appError(cancel.error)} />}
      >
        {explainCancel(run)}
      </ConfirmDialog>
    </>
  )
}
