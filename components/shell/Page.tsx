import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

interface PageProps {
  readonly title: ReactNode
  /** The list this page is a member of, before the title. */
  readonly parent?: { readonly label: string; readonly href: string }
  /** Beside the title: a state, a count, an age. */
  readonly meta?: ReactNode
  /** The page's FilterInput and other things that only change the view. */
  readonly filter?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Tables and canvases reach to the edges and scroll by themselves. */
  readonly isFlush?: boolean
}

/** A page of the canvas: one header line, and what is below scrolls. */
export function Page({ title, parent, meta, filter, actions, children, isFlush = false }: PageProps) {
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-panel px-4 py-2">
        {parent && (
          <Link href={parent.href} className="-mr-1 text-lg text-faint hover:text-ink hover:underline">
            {parent.label} <span aria-hidden>/</span>
          </Link>
        )}
        <h1 className="truncate text-lg">{title}</h1>
        {meta && <div className="flex min-w-0 items-center gap-2 text-sm text-faint">{meta}</div>}
        <div className="ml-auto flex min-w-0 items-center gap-2">
          {filter}
          {actions}
        </div>
      </header>
      <div className={clsx('min-h-0 min-w-0 flex-1', isFlush ? 'flex flex-col overflow-hidden' : 'overflow-auto p-4')}>{children}</div>
    </main>
  )
}
