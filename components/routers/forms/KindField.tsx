'use client'

import { useId } from 'react'

import { CENTRALIZED, DISTRIBUTED } from '../router-words'

interface KindFieldProps {
  readonly isDistributed: boolean
  readonly onDistributedChange: (isDistributed: boolean) => void
  readonly error: string | null
}

/** Which of the two a router is, and what that means. */
export function KindField({ isDistributed, onDistributedChange, error }: KindFieldProps) {
  const id = useId()
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1 text-sm font-medium text-dim">Kind</legend>
      <KindRadio
        group={id}
        label="Centralized"
        sentence={CENTRALIZED}
        isChosen={!isDistributed}
        isWrong={error !== null && !isDistributed}
        onChoose={() => onDistributedChange(false)}
      />
      <KindRadio
        group={id}
        label="Distributed"
        sentence={DISTRIBUTED}
        isChosen={isDistributed}
        isWrong={error !== null && isDistributed}
        onChoose={() => onDistributedChange(true)}
      />
      {error && (
        <p id={`${id}-error`} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </fieldset>
  )
}

interface KindRadioProps {
  readonly group: string
  readonly label: string
  readonly sentence: string
  readonly isChosen: boolean
  readonly isWrong: boolean
  readonly onChoose: () => void
}

function KindRadio({ group, label, sentence, isChosen, isWrong, onChoose }: KindRadioProps) {
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
