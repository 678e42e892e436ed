import clsx from 'clsx'

import { statusStyles, type Status } from './status'

interface StatusMarkProps {
  readonly status: Status
  /** What the state means here; the status' own word when left out. */
  readonly label?: string
  /** Glyph only; the label stays for screen readers and as title. */
  readonly isCompact?: boolean
  readonly className?: string
}

/** Glyph and word of a state. Colour never stands alone. */
export function StatusMark({ status, label, isCompact = false, className }: StatusMarkProps) {
  const { Icon, text, label: ownLabel } = statusStyles[status]
  const words = label ?? ownLabel
  return (
    <span
      className={clsx('inline-flex max-w-full items-center gap-1.5 align-middle', isCompact ? 'shrink-0' : 'min-w-0', text, className)}
      title={isCompact ? words : undefined}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      <span className={isCompact ? 'sr-only' : 'truncate'}>{words}</span>
    </span>
  )
}
