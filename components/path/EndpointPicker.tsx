'use client'

import clsx from 'clsx'
import { useId, useState, type KeyboardEvent } from 'react'

import type { Endpoint } from '@/server/core/path/path'

import { Badge } from '@/components/ui/Badge'

import { type EndOption, endText, findEnds } from './find-endpoints'

interface EndpointPickerProps {
  readonly label: 'From' | 'To'
  readonly endpoints: readonly Endpoint[]
  /** As core/path/end.ts has it. */
  readonly end: string | null
  readonly onPick: (end: string) => void
}

/** A combobox over everything that a path can end at: by name, address, MAC, port id or device name. */
export function EndpointPicker({ label, endpoints, end, onPick }: EndpointPickerProps) {
  const listId = useId()
  const [query, setQuery] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const isOpen = query !== null
  const hits = isOpen ? findEnds(endpoints, query) : []

  const close = () => setQuery(null)
  const pick = (option: EndOption | undefined) => {
    if (!option) return
    onPick(option.id)
    close()
  }
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!isOpen) {
      if (event.key === 'ArrowDown') setQuery('')
      return
    }
    const acts: Record<string, () => void> = {
      ArrowDown: () => setActive(Math.min(active + 1, hits.length - 1)),
      ArrowUp: () => setActive(Math.max(active - 1, 0)),
      Enter: () => pick(hits[active]),
      Escape: close,
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <div className="relative flex min-w-0 items-center gap-2">
      <label htmlFor={`${listId}-input`} className="shrink-0 text-dim">
        {label}
      </label>
      <input
        id={`${listId}-input`}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${listId}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && hits[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Name, address or MAC"
        value={query ?? endText(endpoints, end)}
        className="h-7 w-64 min-w-0 truncate rounded-md border border-line-strong/70 bg-raised px-2 placeholder:text-faint"
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => !isOpen && setQuery('')}
        onBlur={close}
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={handleKey}
      />
      {isOpen && <Hits id={`${listId}-list`} optionId={listId} label={label} hits={hits} active={active} onPick={pick} />}
    </div>
  )
}

interface HitsProps {
  readonly id: string
  readonly optionId: string
  readonly label: string
  readonly hits: readonly EndOption[]
  readonly active: number
  readonly onPick: (option: EndOption) => void
}

function Hits({ id, optionId, label, hits, active, onPick }: HitsProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={label}
      className="appear absolute top-8 left-0 z-30 max-h-80 w-[26rem] overflow-y-auto rounded-md border border-line-strong bg-raised py-1 shadow-pop"
    >
      {hits.length === 0 && (
        <li className="px-3 py-2 text-dim">No port or floating IP with this name, address or MAC, and no address outside.</li>
      )}
      {hits.map((option, index) => (
        <li
          key={option.id}
          id={`${optionId}-${index}`}
          role="option"
          aria-selected={index === active}
          ref={index === active ? scrollToOption : undefined}
          className={clsx('flex cursor-pointer items-baseline gap-3 px-3 py-1', index === active ? 'bg-accent-soft' : 'hover:bg-hover')}
          onMouseDown={(event) => {
            event.preventDefault()
            onPick(option)
          }}
        >
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          {option.badge && <Badge title={option.badge.title}>{option.badge.text}</Badge>}
          <span className="font-mono text-sm text-dim">{option.address}</span>
          <span className="w-28 truncate text-right text-sm text-faint">{option.place}</span>
        </li>
      ))}
    </ul>
  )
}

const scrollToOption = (element: HTMLLIElement | null) => element?.scrollIntoView({ block: 'nearest' })
