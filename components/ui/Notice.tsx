import clsx from 'clsx'
import type { ReactNode } from 'react'

import { statusStyles, type Status } from './status'

interface NoticeProps {
  readonly status: Status
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
}

/** A sentence the operator must not miss, with its glyph, in the flow of the page. */
export function Notice({ status, title, children, actions, className }: NoticeProps) {
  const { Icon, text, tint, border } = statusStyles[status]
  return (
    <div className={clsx('flex items-start gap-2 rounded-md border-l-2 px-3 py-2', tint, border, className)}>
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', text)} />
      <div className="min-w-0 flex-1">
        <div className="font-medium break-words">{title}</div>
        {children && <div className="mt-0.5 text-dim">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
    </div>
  )
}
