'use client'

import clsx from 'clsx'

import { age } from '@/server/core/explain/words'

import { useNow } from './use-now'

interface AgeProps {
  /** ISO 8601; null is never. */
  readonly at: string | null
  /** Older than this it is no longer news and is dimmed. */
  readonly staleAfterS?: number
  /** Said when `at` is null. */
  readonly never?: string
  readonly className?: string
}

/** How old a number is. The exact time is its title. */
export function Age({ at, staleAfterS, never = 'never', className }: AgeProps) {
  const now = useNow()
  if (at === null) return <span className={clsx('text-faint', className)}>{never}</span>
  const ageMs = now === null ? null : now - Date.parse(at)
  const isStale = staleAfterS !== undefined && ageMs !== null && ageMs > staleAfterS * 1000
  return (
    <time
      dateTime={at}
      title={isStale ? `${at} (stale)` : at}
      data-stale={isStale || undefined}
      className={clsx('whitespace-nowrap', isStale && 'text-faint italic', className)}
    >
      {now === null ? '…' : age(at, now)}
    </time>
  )
}
