'use client'

import { appError } from '@/components/lib/app-error'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'

interface RemovalDialogProps {
  readonly isOpen: boolean
  /** "412 runs and 30 captures" */
  readonly taken: string
  readonly save: { readonly isPending: boolean; readonly error: unknown }
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Before limits are saved that take something away. */
export function RemovalDialog({ isOpen, taken, save, onClose, onConfirm }: RemovalDialogProps) {
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={onConfirm}
      title={`Remove ${taken}?`}
      confirmLabel="Save and remove"
      isBusy={save.isPending}
      error={save.error ? <ErrorNote error={appError(save.error)} /> : null}
    >
      They go now, and cannot be brought back. Runs go with their journals, verifications with their captures.
    </ConfirmDialog>
  )
}
