'use client'

import { appError } from '@/components/lib/app-error'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { kindOf } from '@/server/core/topology/kinds/kinds'

import { useSave } from './forms/use-save'
import { describeRemoval } from './removal'

interface DeleteDialogProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: ShownObject
  readonly onClose: () => void
  /** Instead of `onClose`, when it is gone. */
  readonly onDeleted?: () => void
}

export function DeleteDialog({ index, id, object, onClose, onDeleted = onClose }: DeleteDialogProps) {
  const client = useTRPCClient()
  const { what, verb, destroyed, refusal } = describeRemoval(index, object)
  const remove = useSave(() => client[kindOf(object.kind).list].remove.mutate({ id }), { news: `Deleted ${what}`, onSaved: onDeleted })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Delete ${what}?`}
      destroyed={destroyed}
      confirmLabel={verb}
      isBusy={remove.isPending}
      disabledReason={refusal}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
    >
      {refusal ??
        `It leaves the design now. Hosts keep it until the next plan is applied; until then the change can be discarded.${object.kind === 'trunk' ? ' The ports stay.' : ''}`}
    </ConfirmDialog>
  )
}
