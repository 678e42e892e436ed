'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

export interface RowWindow {
  /** First row rendered, and the one after the last. */
  readonly start: number
  readonly end: number
  /** Pixels left free above and below. */
  readonly before: number
  readonly after: number
}

const OVERSCAN_ROWS = 12
/** What is rendered before anything was measured, by the server or in the browser: as many rows as a screen has. */
const ASSUMED_SCREEN = { width: 0, height: 900 }

/** Which rows of a long list to render. All of them when `isVirtual` is false. */
export function useRowWindow(scrollRef: RefObject<HTMLElement | null>, count: number, rowHeight: number, isVirtual: boolean): RowWindow {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    enabled: isVirtual,
    initialRect: ASSUMED_SCREEN,
  })
  if (!isVirtual) return { start: 0, end: count, before: 0, after: 0 }
  const items = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items[items.length - 1]
  if (!first || !last) return { start: 0, end: 0, before: 0, after: virtualizer.getTotalSize() }
  return { start: first.index, end: last.index + 1, before: first.start, after: virtualizer.getTotalSize() - last.end }
}
