'use client'

import { useId } from 'react'

import { FieldError } from './FieldError'

export interface RadioOption<T> {
  readonly value: T
  readonly label: string
  /** What it means to choose it. */
  readonly sentence: string
}

interface RadioGroupProps<T> {
  readonly legend: string
  readonly options: readonly RadioOption<T>[]
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly error: string | null
}

/** A choice of few, each with what it means. */
export function RadioGroup<T extends string | boolean>({ legend, options, value, onValueChange, error }: RadioGroupProps<T>) {
  const id = useId()
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-sm font-medium text-dim">{legend}</legend>
      {options.map((option) => (
        <Radio
          key={String(option.value)}
          group={id}
          option={option}
          isChosen={option.value === value}
          isWrong={error !== null && option.value === value}
          onChoose={() => onValueChange(option.value)}
        />
      ))}
      <FieldError id={`${id}-error`} message={error} />
    </fieldset>
  )
}

interface RadioProps {
  readonly group: string
  readonly option: RadioOption<unknown>
  readonly isChosen: boolean
  readonly isWrong: boolean
  readonly onChoose: () => void
}

function Radio({ group, option: { label, sentence }, isChosen, isWrong, onChoose }: RadioProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 items-start gap-2">
      <input
        id={id}
        type="radio"
        name={group}
        checked={isChosen}
        aria-describedby={isWrong ? `${group}-error ${id}-sentence` : `${id}-sentence`}
        aria-invalid={isWrong || undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        onChange={onChoose}
      />
      <div className="flex min-w-0 flex-col">
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-sentence`} className="text-sm text-faint">
          {sentence}
        </p>
      </div>
    </div>
  )
}
