'use client'

import { useMutation } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { explainObjectChange } from '@/server/core/explain/object-change'
import { plural } from '@/server/core/explain/words'
import type { ObjectChange } from '@/server/core/plan/change'

interface DiscardChangesProps {
  readonly changes: readonly ObjectChange[]
  readonly revision: number
}

/** Takes back every edit since the last applied revision. Hosts are not touched. */
export function DiscardChanges({ changes, revision }: DiscardChangesProps) {
  const trpc = useTRPC()
  const [isAsking, setAsking] = useState(false)
  const discard = useMutation(trpc.changes.discard.mutationOptions({ onSuccess: () => setAsking(false) }))
  return (
    <>
      <Button disabledReason={changes.length === 0 ? 'There is nothing to discard.' : null} onClick={() => setAsking(true)}>
        <Undo2 aria-hidden /> Discard all changes
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => discard.mutate()}
        title={`Discard ${plural(changes.length, 'change')}?`}
        destroyed={changes.map(explainObjectChange)}
        confirmLabel="Discard all changes"
        isBusy={discard.isPending}
        error={discard.error && <ErrorNote error={appError(discard.error)} />}
      >
        {revision === 0 ? 'The design becomes empty again.' : `The design goes back to revision ${revision}.`} The hosts are not touched.
        This cannot be taken back.
      </ConfirmDialog>
    </>
  )
}
