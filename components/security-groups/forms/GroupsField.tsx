'use client'

import { useId, useState, type FocusEventHandler } from 'react'

import { Checkbox } from '@/components/ui/Checkbox'
import { TextInput } from '@/components/ui/TextInput'

import type { GroupOption } from '../group-choices'

interface GroupsFieldProps {
  readonly options: readonly GroupOption[]
  readonly chosen: readonly string[]
  readonly onChosenChange: (ids: readonly string[]) => void
  readonly onBlur?: FocusEventHandler
  /** What the choice means, or why there is none. */
  readonly hint: string | null
  readonly error: string | null
  /** Why it cannot be chosen now. */
  readonly disabledReason?: string | null
}

/** More than these are searched. */
const FEW = 8

/** Any number of a project's security groups. */
export function GroupsField({ options, chosen, onChosenChange, onBlur, hint, error, disabledReason = null }: GroupsFieldProps) {
  const id = useId()
  const [filter, setFilter] = useState('')
  const text = filter.trim().toLowerCase()
  const shown = options.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(text))
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" onBlur={onBlur} aria-describedby={`${id}-note`}>
      <legend className="mb-1 text-sm font-medium text-dim">Security groups</legend>
      {options.length > FEW && <TextInput label="Find a group" value={filter} onValueChange={setFilter} className="mb-1" />}
      {options.length > 0 && disabledReason === null && (
        <div className="flex max-h-44 flex-col gap-1.5 overflow-y-auto rounded-md border border-line bg-canvas px-2.5 py-2">
          {shown.map((option) => (
            <Checkbox
              key={option.id}
              label={option.label}
              hint={option.detail}
              isChecked={chosen.includes(option.id)}
              onCheckedChange={(isChosen) =>
                onChosenChange(isChosen ? [...chosen, option.id] : chosen.filter((each) => each !== option.id))
              }
            />
          ))}
          {shown.length === 0 && <p className="text-faint">No group is called so.</p>}
        </div>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
      <p id={`${id}-note`} className="text-sm text-faint">
        {disabledReason ?? hint}
      </p>
    </fieldset>
  )
}
