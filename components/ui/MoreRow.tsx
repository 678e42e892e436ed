'use client'

import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'

import { plural } from '@/server/core/explain/words'

import { Button } from './Button'

/** The part of a list that is not in the browser yet. */
export interface MoreRows {
  readonly shown: number
  readonly total: number
  readonly hasMore: boolean
  readonly isLoading: boolean
  /** What is there is being asked for again: more can be loaded behind that. */
  readonly isRenewing: boolean
  /** Why the last attempt brought nothing. */
  readonly failure: string | null
  readonly load: () => void
}

interface MoreRowProps {
  readonly more: MoreRows
  readonly span: number
  readonly scrollRef: RefObject<HTMLElement | null>
}

/** Two screens ahead, so that who scrolls at a normal pace never sees the end. */
const AHEAD = '800px 0px'

/** The last row of a list that goes on: loads more when it comes near, or when it is pressed. */
export function MoreRow({ more, span, scrollRef }: MoreRowProps) {
  const ref = useRef<HTMLTableRowElement>(null)
  const { shown, isLoading, isRenewing, failure } = more
  const onNear = useEffectEvent((entries: readonly IntersectionObserverEntry[]) => {
    // After a failure only the button tries again: the row would stay near, and ask for ever.
    if (entries.some(({ isIntersecting }) => isIntersecting) && !isLoading && !isRenewing && failure === null) more.load()
  })
  useEffect(() => {
    const row = ref.current
    if (!row) return
    const observer = new IntersectionObserver((entries) => onNear(entries), { root: scrollRef.current, rootMargin: AHEAD })
    observer.observe(row)
    return () => observer.disconnect()
    // Observed anew with each page, and when what was in its way has ended: a row that stays in view crosses nothing.
  }, [shown, isLoading, isRenewing, scrollRef])
  return (
    <tr ref={ref}>
      <td colSpan={span} className="px-3 py-1.5">
        <span className="flex items-center gap-3 text-sm text-faint">
          <span className="tabular-nums">
            {shown.toLocaleString('en-GB')} of {plural(more.total, 'row')}
          </span>
          {failure !== null && (
            <span role="alert" className="min-w-0 truncate text-bad" title={failure}>
              {failure}
            </span>
          )}
          <Button variant="ghost" size="sm" isBusy={isLoading} onClick={more.load}>
            Load older
          </Button>
        </span>
      </td>
    </tr>
  )
}
