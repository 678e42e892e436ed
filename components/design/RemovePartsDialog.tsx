'use client'

import type { ReactNode } from 'react'

import { appError } from '@/components/lib/app-error'
import { useSave } from '@/components/networks/forms/use-save'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { capitalise } from '@/server/core/explain/words'

interface RemovePartsDialogProps {
  /** "3 rules" */
  readonly what: string
  /** Name of the object that they are parts of. */
  readonly from: string
  /** Each by its name. */
  readonly parts: readonly string[]
  readonly send: () => Promise<{ readonly id: string }>
  readonly onClose: () => void
  readonly onRemoved: () => void
  /** What that means, and when. */
  readonly children: ReactNode
}

/** Before parts are taken from an object: which, and what that means. */
export function RemovePartsDialog({ what, from, parts, send, onClose, onRemoved, children }: RemovePartsDialogProps) {
  const remove = useSave(send, { news: capitalise(`${what} removed from ${from}`), onSaved: onRemoved })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Remove ${what} from ${from}?`}
      destroyed={parts}
      confirmLabel={`Remove ${what}`}
      isBusy={remove.isPending}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
    >
      {children}
    </ConfirmDialog>
  )
}
