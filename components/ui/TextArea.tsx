'use client'

import clsx from 'clsx'
import type { ComponentPropsWithRef } from 'react'

import { controlClass, Field, type FieldProps } from './Field'

interface TextAreaProps
  extends FieldProps, Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'onChange' | 'value' | 'id' | 'required'> {
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly isMono?: boolean
}

export function TextArea({
  label,
  hint,
  error,
  isRequired,
  className,
  value,
  onValueChange,
  isMono = false,
  rows = 4,
  ...rest
}: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired ?? false} className={className ?? ''}>
      {(control) => (
        <textarea
          {...control}
          rows={rows}
          value={value}
          spellCheck={false}
          autoComplete="off"
          className={clsx(controlClass, 'resize-y py-1', isMono && 'font-mono text-sm')}
          onChange={(event) => onValueChange(event.target.value)}
          {...rest}
        />
      )}
    </Field>
  )
}
