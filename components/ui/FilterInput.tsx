'use client'

import { Search } from 'lucide-react'

import { Kbd } from './Kbd'

interface FilterInputProps {
  /** What is filtered: "Filter hosts". */
  readonly label: string
  readonly value: string
  readonly onValueChange: (value: string) => void
  /** "12 of 40" while a filter is set. */
  readonly count?: string
  readonly className?: string
}

/** The page's filter; the shell focuses it on `/` by its data attribute. */
export function FilterInput({ label, value, onValueChange, count, className = 'w-64' }: FilterInputProps) {
  return (
    <div className={`relative flex items-center ${className}`}>
      <Search aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-faint" />
      <input
        data-page-filter
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        className="h-7 w-full rounded-md border border-line-strong/70 bg-raised pr-14 pl-7 placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (value === '') event.currentTarget.blur()
          else onValueChange('')
          event.preventDefault()
        }}
      />
      <span className="pointer-events-none absolute right-2 text-xs text-faint">{value ? count : <Kbd>/</Kbd>}</span>
    </div>
  )
}
