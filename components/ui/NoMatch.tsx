'use client'

import { Button } from './Button'
import { EmptyState } from './EmptyState'

interface NoMatchProps {
  /** What was filtered: "host", "network". */
  readonly noun: string
  readonly filter: string
  readonly onClear: () => void
  /** What the filter looks at. */
  readonly searched: string
}

/** A filter that leaves nothing says so, what it searched, and how to get everything back. */
export function NoMatch({ noun, filter, onClear, searched }: NoMatchProps) {
  return (
    <EmptyState title={`No ${noun} matches “${filter}”`} action={<Button onClick={onClear}>Clear the filter</Button>}>
      {searched}
    </EmptyState>
  )
}
