'use client'

import { useId, useState, type FocusEventHandler } from 'react'

import { FieldError } from './FieldError'
import { TextInput } from './TextInput'

export interface ChecklistOption {
  readonly id: string
  /** Told apart from others of the same name. */
  readonly label: string
  readonly detail: string
}

interface ChecklistProps {
  readonly legend: string
  /** What one of them is: "group". */
  readonly word: string
  readonly options: readonly ChecklistOption[]
  readonly chosen: readonly string[]
  readonly onChosenChange: (ids: readonly string[]) => void
  readonly onBlur: FocusEventHandler
  /** What the choice means, or why there is none. */
  readonly hint: string | null
  readonly error: string | null
  /** Why it cannot be chosen now. */
  readonly disabledReason?: string | null
}

/** More than these are searched. */
const FEW = 8

/** Any number of things, with a search where there are many. */
export function Checklist({ legend, word, options, chosen, onChosenChange, onBlur, hint, error, disabledReason = null }: ChecklistProps) {
  const id = useId()
  const [filter, setFilter] = useState('')
  const text = filter.trim().toLowerCase()
  const shown = options.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(text))
  const choose = (id_: string, isChosen: boolean) => onChosenChange(isChosen ? [...chosen, id_] : chosen.filter((each) => each !== id_))
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" onBlur={onBlur} aria-describedby={`${id}-note`}>
      <legend className="text-sm font-medium text-dim">{legend}</legend>
      <p id={`${id}-note`} className="text-sm text-faint">
        {disabledReason ?? hint}
      </p>
      <FieldError message={error} />
      {options.length > FEW && disabledReason === null && <TextInput label={`Find a ${word}`} value={filter} onValueChange={setFilter} />}
      {options.length > 0 && disabledReason === null && (
        <div className="flex max-h-44 flex-col gap-1 overflow-y-auto rounded-md border border-line bg-canvas px-2.5 py-2">
          {shown.map((option) => (
            <Listed
              key={option.id}
              option={option}
              isChosen={chosen.includes(option.id)}
              isWrong={error !== null}
              onChoose={(isChosen) => choose(option.id, isChosen)}
            />
          ))}
          {shown.length === 0 && <p className="text-faint">No {word} is called so.</p>}
        </div>
      )}
    </fieldset>
  )
}

interface ListedProps {
  readonly option: ChecklistOption
  readonly isChosen: boolean
  readonly isWrong: boolean
  readonly onChoose: (isChosen: boolean) => void
}

/** On one line, as there may be many. */
function Listed({ option: { label, detail }, isChosen, isWrong, onChoose }: ListedProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 items-center gap-2">
      <input
        id={id}
        type="checkbox"
        checked={isChosen}
        aria-describedby={`${id}-detail`}
        aria-invalid={isWrong || undefined}
        className="size-4 shrink-0 accent-accent"
        onChange={(event) => onChoose(event.target.checked)}
      />
      <label htmlFor={id} className="max-w-3/5 shrink-0 truncate">
        {label}
      </label>
      <span id={`${id}-detail`} title={detail} className="min-w-0 truncate text-sm text-faint">
        {detail}
      </span>
    </div>
  )
}
