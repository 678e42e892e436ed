'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'

import { Badge } from '@/components/ui/Badge'

import { useInsideView } from './use-inside-view'

interface InsideBoxProps {
  /** Item id; null for boxes that only group. */
  readonly id: string | null
  readonly kind: string
  readonly name: string
  readonly meta?: ReactNode
  readonly isPadded?: boolean
  readonly children?: ReactNode
}

/** A namespace, bridge or VM: a titled box with what is in it. Grey and hatched when it is not ours. */
export function InsideBox({ id, kind, name, meta, isPadded = false, children }: InsideBoxProps) {
  const { selectedId, lit, standing, onSelect } = useInsideView()
  const isForeign = id !== null && standing(id).kind === 'foreign'
  const title = (
    <>
      <span className="shrink-0 text-xs text-faint">{kind}</span>
      <span className={clsx('min-w-0 truncate font-mono text-sm', isForeign ? 'text-faint' : 'font-semibold')}>{name}</span>
      {isForeign && <Badge>not ours</Badge>}
      <span className="ml-auto flex shrink-0 items-center gap-1.5 text-xs whitespace-nowrap text-faint">{meta}</span>
    </>
  )
  const titleClass = 'flex h-8 w-full min-w-0 items-center gap-2 px-2 text-left'
  return (
    <section
      aria-label={`${kind} ${name}`}
      className={clsx(
        'min-w-0 overflow-hidden rounded-md border bg-panel',
        isForeign ? 'border-dashed border-line-strong/60' : 'border-line-strong/60',
        id !== null && lit.has(id) && 'border-accent',
      )}
    >
      {id === null ? (
        <header className={titleClass}>{title}</header>
      ) : (
        <button
          type="button"
          aria-pressed={selectedId === id}
          title={name}
          className={clsx(
            titleClass,
            'focus-visible:-outline-offset-2',
            selectedId === id ? 'bg-accent-soft' : 'hover:bg-hover',
            isForeign && 'hatched',
          )}
          onClick={() => onSelect(id)}
        >
          {title}
        </button>
      )}
      <div className={clsx('border-t border-line empty:hidden', isPadded && 'flex flex-col gap-2 bg-canvas p-2')}>{children}</div>
    </section>
  )
}
