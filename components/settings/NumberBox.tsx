'use client'

import clsx from 'clsx'
import { useId } from 'react'

import { controlClass } from '@/components/ui/Field'
import { explainBounds } from '@/server/core/explain/retention'
import type { Bounds } from '@/server/core/retention/retention'

interface NumberBoxProps {
  /** Read out; the column says it to the eye. */
  readonly label: string
  readonly value: number | null
  readonly onValueChange: (value: number | null) => void
  readonly unit?: string
  readonly placeholder?: string
  /** Of a value that is outside of them. */
  readonly bounds?: Bounds | undefined
  readonly className?: string
}

/** A number in a cell of a table. */
export function NumberBox({ label, value, onValueChange, unit, placeholder, bounds, className }: NumberBoxProps) {
  const boundsId = useId()
  return (
    <span className={clsx('block', className)}>
      <span className="flex items-center gap-1.5">
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label}
          aria-invalid={bounds ? true : undefined}
          aria-describedby={bounds ? boundsId : undefined}
          placeholder={placeholder}
          value={value ?? ''}
          className={clsx(controlClass, 'h-7 max-w-24 text-right font-mono text-sm')}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '').slice(0, 9)
            onValueChange(digits === '' ? null : Number(digits))
          }}
        />
        {unit && <span className="shrink-0 text-sm text-faint">{unit}</span>}
      </span>
      {bounds && (
        <span id={boundsId} role="alert" className="mt-0.5 block text-sm text-bad">
          {explainBounds(bounds)}
        </span>
      )}
    </span>
  )
}
