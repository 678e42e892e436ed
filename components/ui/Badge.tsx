import clsx from 'clsx'
import type { ReactNode } from 'react'

import { statusStyles, type Status } from './status'

interface BadgeProps {
  readonly children: ReactNode
  /** Neutral when left out. */
  readonly status?: Status
  readonly title?: string
  readonly className?: string
}

/** A short word or number in a box: kinds, counts, roles. */
export function Badge({ children, status, title, className }: BadgeProps) {
  const tone = status ? clsx(statusStyles[status].text, statusStyles[status].soft) : 'bg-unknown-soft text-dim'
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-[18px] max-w-full items-center align-middle rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        tone,
        className,
      )}
    >
      <span className="truncate">{children}</span>
    </span>
  )
}
