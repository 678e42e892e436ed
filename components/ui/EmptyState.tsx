import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly Icon?: LucideIcon
  /** What would be here, and that it is not: "No hosts yet". */
  readonly title: string
  /** What it is for, and what to do next. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-10 text-center">
      {Icon && <Icon aria-hidden className="size-5 text-faint" strokeWidth={1.5} />}
      <p className="font-semibold">{title}</p>
      {children && <div className="text-dim">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
