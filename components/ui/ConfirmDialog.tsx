'use client'

import type { ReactNode } from 'react'

import { Button } from './Button'
import { Dialog } from './Dialog'

interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  /** The question: "Delete network blue?" */
  readonly title: string
  /** The names of what goes with it. Empty: only the thing in the title. */
  readonly destroyed?: readonly string[]
  /** When it takes effect, and whether it can be taken back. */
  readonly children?: ReactNode
  /** The deciding button says the act, never "OK": "Delete network". */
  readonly confirmLabel: string
  readonly isBusy?: boolean
  readonly disabledReason?: string | null
  readonly error?: ReactNode
}

/** The one way to ask before something is destroyed. It names what goes. */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  destroyed = [],
  children,
  confirmLabel,
  isBusy = false,
  disabledReason,
  error,
}: ConfirmDialogProps) {
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" variant="danger" isBusy={isBusy} disabledReason={disabledReason}>
        {confirmLabel}
      </Button>
    </>
  )
  return (
    <Dialog isOpen={isOpen} onClose={onClose} onSubmit={onConfirm} title={title} size="sm" footer={footer}>
      <div className="flex flex-col gap-3">
        {destroyed.length > 0 && (
          <div>
            <p className="mb-1 text-dim">This goes with it:</p>
            <ul className="max-h-48 overflow-y-auto rounded-md border border-line bg-canvas py-1">
              {destroyed.map((name) => (
                <li key={name} className="truncate px-2 py-0.5 text-bad" title={name}>
                  <span aria-hidden>− </span>
                  {name}
                </li>
              ))}
            </ul>
          </div>
        )}
        {children && <div className="text-dim">{children}</div>}
        {error}
      </div>
    </Dialog>
  )
}
