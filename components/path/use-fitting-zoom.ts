'use client'

// The drawing shrinks a little to fit its panel, and grows a little in a wide one; past that it scrolls, because names must
// stay readable.

import { useEffect, useState, type RefObject } from 'react'

const SMALLEST = 0.88
const LARGEST = 1.25
const PANEL_PADDING = 24

export const fittingZoom = (panelWidth: number, drawingWidth: number): number =>
  drawingWidth === 0 ? 1 : Math.min(LARGEST, Math.max(SMALLEST, (panelWidth - PANEL_PADDING) / drawingWidth))

export function useFittingZoom(panelRef: RefObject<HTMLElement | null>, drawingWidth: number): number {
  const [panelWidth, setPanelWidth] = useState<number | null>(null)
  useEffect(() => {
    const panel = panelRef.current
    if (panel === null) return
    const observer = new ResizeObserver(() => setPanelWidth(panel.clientWidth))
    observer.observe(panel)
    return () => observer.disconnect()
  }, [panelRef])
  return panelWidth === null ? 1 : fittingZoom(panelWidth, drawingWidth)
}
