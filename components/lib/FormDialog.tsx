'use client'

import type { ReactNode } from 'react'

import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'

import { unplacedError } from './app-error'

interface FormDialogProps {
  readonly title: string
  readonly description?: ReactNode
  readonly submitLabel: string
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly isBusy: boolean
  /** What the last attempt failed with. */
  readonly error: unknown
  /** Fields that show their own errors; an error of any other field is shown below the form. */
  readonly fields: readonly string[]
  readonly disabledReason?: string | null
  readonly size?: 'md' | 'lg'
  readonly children: ReactNode
}

/** A form in a dialog: fields, what is wrong apart from them, Cancel and the deciding button. */
export function FormDialog({
  title,
  description,
  submitLabel,
  onSubmit,
  onClose,
  isBusy,
  error,
  fields,
  disabledReason,
  size = 'md',
  children,
}: FormDialogProps) {
  const unplaced = unplacedError(error, fields)
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" variant="primary" isBusy={isBusy} disabledReason={disabledReason}>
        {submitLabel}
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} onSubmit={onSubmit} title={title} description={description} size={size} footer={footer}>
      <div className="flex flex-col gap-4">
        {children}
        {unplaced && <ErrorNote error={unplaced} />}
      </div>
    </Dialog>
  )
}
