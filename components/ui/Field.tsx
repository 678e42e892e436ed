'use client'

import clsx from 'clsx'
import { useId, type ReactNode } from 'react'

import { FieldError } from './FieldError'

export interface FieldProps {
  readonly label: string
  /** What to type, the unit, or what leaving it empty means. */
  readonly hint?: ReactNode
  /** What is wrong with the value, from the server or the form. */
  readonly error?: string | null | undefined
  readonly isRequired?: boolean
  readonly className?: string
}

/** What the control gets so that label, hint and error belong to it. */
interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly 'aria-required': true | undefined
}

interface FieldShellProps extends FieldProps {
  readonly children: (control: ControlProps) => ReactNode
}

export const controlClass =
  'w-full min-w-0 rounded-md border border-line-strong/70 bg-raised px-2 text-ink placeholder:text-faint aria-invalid:border-bad disabled:cursor-not-allowed disabled:bg-canvas disabled:text-faint'

/** Label above, hint and error below a control. */
export function Field({ label, hint, error, isRequired = false, className, children }: FieldShellProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = clsx(error && errorId, hint && hintId) || undefined
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium text-dim">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy,
        'aria-invalid': error ? true : undefined,
        'aria-required': isRequired || undefined,
      })}
      <FieldError id={errorId} message={error} />
      {hint && (
        <p id={hintId} className="text-sm text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}
