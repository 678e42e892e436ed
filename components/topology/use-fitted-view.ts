'use client'

// Shows the whole picture when it is new, and keeps showing it when the inspector opens beside it, until the operator
// pans or zooms: from then on the view is theirs, up to the next layout.

import type { ReactFlowInstance } from '@xyflow/react'
import { useCallback, useEffect, useRef, type RefObject } from 'react'

import type { Places } from './elk-graph'
import type { PortEdge, TopologyNode } from './flow-elements'

export const FIT = { padding: 0.12, maxZoom: 1.1 } as const

export function useFittedView(flow: RefObject<ReactFlowInstance<TopologyNode, PortEdge> | null>, places: Places) {
  const canvasRef = useRef<HTMLDivElement>(null)
  const isOperators = useRef(false)

  useEffect(() => {
    isOperators.current = false
    void flow.current?.fitView(FIT)
  }, [flow, places])

  useEffect(() => {
    const canvas = canvasRef.current
    if (canvas === null) return
    const observer = new ResizeObserver(() => {
      if (!isOperators.current) void flow.current?.fitView(FIT)
    })
    observer.observe(canvas)
    return () => observer.disconnect()
  }, [flow])

  /** React Flow gives no event for moves of its own making. */
  const noteMove = useCallback((event: MouseEvent | TouchEvent | null) => {
    if (event !== null) isOperators.current = true
  }, [])
  const takeView = useCallback(() => void (isOperators.current = true), [])
  return { canvasRef, noteMove, takeView }
}
