'use client'

import { useId, type ReactNode } from 'react'

interface CheckboxProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly isChecked: boolean
  readonly onCheckedChange: (isChecked: boolean) => void
  /** Why it cannot be changed now. */
  readonly disabledReason?: string | null
}

export function Checkbox({ label, hint, error, isChecked, onCheckedChange, disabledReason }: CheckboxProps) {
  const id = useId()
  const note = disabledReason ?? hint
  return (
    <div className="flex min-w-0 items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={isChecked}
        disabled={Boolean(disabledReason)}
        aria-describedby={note || error ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        onChange={(event) => onCheckedChange(event.target.checked)}
      />
      <div className="flex min-w-0 flex-col">
        <label htmlFor={id}>{label}</label>
        {(note || error) && (
          <p id={`${id}-note`} className={error ? 'text-sm text-bad' : 'text-sm text-faint'}>
            {error ?? note}
          </p>
        )}
      </div>
    </div>
  )
}
