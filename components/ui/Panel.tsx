import clsx from 'clsx'
import { useId, type ReactNode } from 'react'

interface PanelProps {
  readonly title?: ReactNode
  /** Beside the title: a count, an age, a state. */
  readonly meta?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Tables and trees bring their own edges. */
  readonly isFlush?: boolean
  readonly className?: string
}

/** A titled area of the canvas; a landmark named by its title. */
export function Panel({ title, meta, actions, children, isFlush = false, className }: PanelProps) {
  const titleId = useId()
  return (
    <section
      aria-labelledby={title ? titleId : undefined}
      className={clsx('flex min-w-0 flex-col rounded-md border border-line bg-panel', className)}
    >
      {title && (
        <header className="flex min-h-9 items-center gap-2 border-b border-line px-3 py-1">
          <h2 id={titleId} className="truncate text-base">
            {title}
          </h2>
          {meta && <div className="flex min-w-0 items-center gap-2 text-sm text-faint">{meta}</div>}
          {actions && <div className="ml-auto flex shrink-0 items-center gap-1">{actions}</div>}
        </header>
      )}
      <div className={clsx('min-h-0 min-w-0 flex-1', !isFlush && 'p-3')}>{children}</div>
    </section>
  )
}
