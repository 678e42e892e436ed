'use client'

import clsx from 'clsx'
import type { ComponentPropsWithRef } from 'react'

import { controlClass, Field, type FieldProps } from './Field'

interface NumberInputProps
  extends FieldProps, Omit<ComponentPropsWithRef<'input'>, 'className' | 'onChange' | 'value' | 'type' | 'id' | 'required'> {
  /** null is an empty box. */
  readonly value: number | null
  readonly onValueChange: (value: number | null) => void
  /** Printed after the box: MiB, s, bytes. */
  readonly unit?: string
}

/** Whole numbers. Typed as text with a numeric keyboard: no spinner, no wheel accidents. */
export function NumberInput({ label, hint, error, isRequired, className, value, onValueChange, unit, ...rest }: NumberInputProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired ?? false} className={className ?? ''}>
      {(control) => (
        <span className="flex items-center gap-1.5">
          <input
            {...control}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            value={value ?? ''}
            className={clsx(controlClass, 'h-7 font-mono text-sm')}
            onChange={(event) => {
              const digits = event.target.value.replace(/\D/g, '')
              onValueChange(digits === '' ? null : Number(digits))
            }}
            {...rest}
          />
          {unit && <span className="shrink-0 text-sm text-faint">{unit}</span>}
        </span>
      )}
    </Field>
  )
}
