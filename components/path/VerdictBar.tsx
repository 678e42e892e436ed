import clsx from 'clsx'
import type { ReactNode } from 'react'

import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { statusStyles } from '@/components/ui/status'
import type { PathHop } from '@/server/core/path/path'

import type { PathVerdict } from './path-verdict'

interface VerdictBarProps {
  readonly verdict: PathVerdict
  /** Of the leg that the verdict is about. */
  readonly hops: readonly PathHop[]
  readonly onSelect: (hopId: string) => void
  /** At the right end. */
  readonly children?: ReactNode
}

/** The sentence about the first hop from the left that disagrees, and how long ago that was seen. */
export function VerdictBar({ verdict, hops, onSelect, children }: VerdictBarProps) {
  const { Icon, text, soft } = statusStyles[verdict.status]
  const hop = hops.find((each) => each.id === verdict.hopId)
  return (
    <div
      role="status"
      aria-label="Verdict"
      className={clsx('flex min-h-9 items-center gap-2 border-b border-line px-3 py-1.5', verdict.status !== 'unknown' && soft)}
    >
      <Icon aria-hidden className={clsx('size-4 shrink-0', text)} />
      <span className={clsx('shrink-0 font-semibold', text)}>
        {verdict.word}
        {/* A clock is not read aloud. */}
        {verdict.at !== null && (
          <span aria-live="off">
            {' '}
            <Age at={verdict.at} />
          </span>
        )}
      </span>
      <p className="min-w-0 flex-1 break-words">{verdict.sentence}</p>
      {hop && (
        <Button size="sm" onClick={() => onSelect(hop.id)}>
          Show {hop.place.device}
        </Button>
      )}
      {children}
    </div>
  )
}
