'use client'

import clsx from 'clsx'
import type { ComponentPropsWithRef } from 'react'

import { groupBy } from '@/server/core/group-by'

import { controlClass, Field, type FieldProps } from './Field'

export interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
  /** Shown, but cannot be chosen; say why in the label. */
  readonly isDisabled?: boolean
  /** Options of a group stand together under its name. */
  readonly group?: string
}

interface SelectProps<T extends string>
  extends FieldProps, Omit<ComponentPropsWithRef<'select'>, 'className' | 'onChange' | 'value' | 'id' | 'required'> {
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly options: readonly SelectOption<T>[]
  /** First, empty choice; leave out when there is always a value. */
  readonly placeholder?: string
}

/** The browser's own list: works with every keyboard, screen reader and phone. */
export function Select<T extends string>({
  label,
  hint,
  error,
  isRequired,
  className,
  value,
  onValueChange,
  options,
  placeholder,
  ...rest
}: SelectProps<T>) {
  return (
    <Field label={label} hint={hint} error={error} isRequired={isRequired ?? false} className={className ?? ''}>
      {(control) => (
        <select
          {...control}
          value={value}
          className={clsx(controlClass, 'h-7')}
          onChange={(event) => onValueChange(event.target.value as T)}
          {...rest}
        >
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {[...groupBy(options, ({ group }) => group ?? '')].map(([group, members]) =>
            group === '' ? (
              <Options key={group} options={members} />
            ) : (
              <optgroup key={group} label={group}>
                <Options options={members} />
              </optgroup>
            ),
          )}
        </select>
      )}
    </Field>
  )
}

function Options<T extends string>({ options }: { readonly options: readonly SelectOption<T>[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value} disabled={option.isDisabled}>
      {option.label}
    </option>
  ))
}
