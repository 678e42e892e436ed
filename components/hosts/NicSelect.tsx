'use client'

import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import type { NicOption } from './nic-options'

interface NicSelectProps {
  readonly label: string
  readonly value: string
  readonly onValueChange: (nic: string) => void
  readonly options: readonly NicOption[]
  readonly error: string | null
}

/** The host's NICs to choose from; a text box while the host was not read, or names one it no longer has. */
export function NicSelect({ label, value, onValueChange, options, error }: NicSelectProps) {
  const isKnown = value === '' || options.some(({ name }) => name === value)
  if (options.length === 0) {
    return (
      <TextInput
        label={label}
        isMono
        isRequired
        value={value}
        onValueChange={onValueChange}
        error={error}
        hint="Read the host to choose from its NICs"
      />
    )
  }
  return (
    <Select
      label={label}
      isRequired
      value={value}
      onValueChange={onValueChange}
      error={error ?? (isKnown ? null : `The host has no ${value} any more.`)}
      placeholder="Choose a NIC"
      options={[
        ...(isKnown ? [] : [{ value, label: `${value} (gone)` }]),
        ...options.map((nic) => ({ value: nic.name, label: nic.label, isDisabled: nic.refusal !== null && nic.name !== value })),
      ]}
    />
  )
}
