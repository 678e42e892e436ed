'use client'

// Arrow keys in the drawing (stops.ts): the next object is brought into view, drawn, and gets the focus.

import type { ReactFlowInstance } from '@xyflow/react'
import { useMemo, useRef, type KeyboardEvent, type RefObject } from 'react'

import type { Places } from './elk-graph'
import type { PortEdge, TopologyNode } from './flow-elements'
import type { TopologyGraph } from './graph-parts'
import { isInView, stopAfter, stopsOf, type Stop } from './stops'

const FRAMES = 10

interface Drawing {
  readonly canvasRef: RefObject<HTMLDivElement | null>
  readonly flow: RefObject<ReactFlowInstance<TopologyNode, PortEdge> | null>
  readonly graph: TopologyGraph
  readonly places: Places
  readonly selectedId: string | null
  /** From now on the view is the operator's. */
  readonly takeView: () => void
}

/** Answers whether the key was one of these. */
export function useStops({ canvasRef, flow, graph, places, selectedId, takeView }: Drawing): (event: KeyboardEvent) => boolean {
  const stops = useMemo(() => stopsOf(graph, places), [graph, places])
  /** Where somebody was who comes back to the drawing as a whole. */
  const last = useRef<string | null>(null)

  /** What was out of view is drawn a frame or two after the view was moved. */
  const focus = ({ id }: Pick<Stop, 'id'>, frames = FRAMES) => {
    const element = canvasRef.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(id)}"]`)
    if (element) element.focus({ preventScroll: true })
    else if (frames > 0) requestAnimationFrame(() => focus({ id }, frames - 1))
  }
  const goTo = async (stop: Stop) => {
    const { current: canvas } = canvasRef
    const { current: view } = flow
    if (canvas === null || view === null) return
    if (!isInView(stop.place, view.getViewport(), { width: canvas.clientWidth, height: canvas.clientHeight })) {
      const { x, y, width, height } = stop.place
      takeView()
      // What has the focus may leave the view, and is not drawn there.
      canvas.focus({ preventScroll: true })
      await view.setCenter(x + width / 2, y + height / 2, { zoom: view.getZoom() })
    }
    focus(stop)
  }
  return (event) => {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-stop]') : null
    const stop = stopAfter(stops, from?.dataset['stop'] ?? last.current ?? selectedId, event.key)
    if (stop === null) return false
    event.preventDefault()
    last.current = stop.id
    void goTo(stop)
    return true
  }
}
