'use client'

// The drawing shrinks a little to fit its panel, and grows a little in a wide one; past that it scrolls, because names must
// stay readable.

import type { RefObject } from 'react'

import { useWidth } from '@/components/ui/use-width'

const SMALLEST = 0.88
const LARGEST = 1.25
const PANEL_PADDING = 24
/** Before it is measured: the panel of a window of 1440 pixels, so that there nothing moves when the page comes alive. */
const ASSUMED_PANEL = 1248

const fittingZoom = (panelWidth: number, drawingWidth: number, largest = LARGEST): number =>
  drawingWidth === 0 ? 1 : Math.min(largest, Math.max(SMALLEST, (panelWidth - PANEL_PADDING) / drawingWidth))

export function useFittingZoom(panelRef: RefObject<HTMLElement | null>, drawingWidth: number, largest = LARGEST): number {
  const panelWidth = useWidth(panelRef)
  return fittingZoom(panelWidth ?? ASSUMED_PANEL, drawingWidth, largest)
}
