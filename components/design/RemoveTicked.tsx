'use client'

import { Trash2 } from 'lucide-react'

import { Button } from '@/components/ui/Button'
import { plural } from '@/server/core/explain/words'

interface RemoveTickedProps {
  readonly noun: string
  readonly count: number
  readonly disabledReason?: string | null
  readonly onRemove: () => void
}

/** Takes away the rows that are ticked (use-ticks.ts), all in one edit. */
export function RemoveTicked({ noun, count, disabledReason = null, onRemove }: RemoveTickedProps) {
  if (count === 0) return null
  return (
    <Button variant="danger" disabledReason={disabledReason} onClick={onRemove}>
      <Trash2 aria-hidden />
      Remove {plural(count, noun)}
    </Button>
  )
}
