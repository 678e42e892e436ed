'use client'

import clsx from 'clsx'
import type { ComponentPropsWithRef } from 'react'

import { controlClass, Field, type FieldProps } from './Field'

interface TextInputProps
  extends FieldProps, Omit<ComponentPropsWithRef<'input'>, 'className' | 'onChange' | 'value' | 'type' | 'id' | 'required'> {
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly type?: 'text' | 'password' | 'search'
  /** Addresses, names of devices, ids. */
  readonly isMono?: boolean
}

export function TextInput({
  label,
  hint,
  error,
  isRequired,
  className,
  value,
  onValueChange,
  isMono = false,
  type = 'text',
  ...rest
}: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired ?? false} className={className ?? ''}>
      {(control) => (
        <input
          {...control}
          type={type}
          value={value}
          spellCheck={false}
          autoComplete="off"
          className={clsx(controlClass, 'h-7', isMono && 'font-mono text-sm')}
          onChange={(event) => onValueChange(event.target.value)}
          {...rest}
        />
      )}
    </Field>
  )
}
