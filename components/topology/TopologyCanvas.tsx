'use client'

import '@xyflow/react/dist/base.css'

import { Controls, MiniMap, ReactFlow, ReactFlowProvider, type ReactFlowInstance } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'

import { EndpointNodeCard } from './EndpointNodeCard'
import type { Places } from './elk-graph'
import { flowElements, withSelection, type PortEdge, type TopologyNode } from './flow-elements'
import type { TopologyGraph } from './graph-parts'
import { HostNodeBox } from './HostNodeBox'
import { NetworkNodeCard } from './NetworkNodeCard'
import { isDesignDrag, readDesignKind, type PaletteKind } from './palette-drag'
import { PortWire } from './PortWire'
import { RouterNodeCard } from './RouterNodeCard'
import { SelectContext } from './select-context'
import styles from './topology.module.css'
import { FIT, useFittedView } from './use-fitted-view'
import { useStops } from './use-stops'

const nodeTypes = { host: HostNodeBox, endpoint: EndpointNodeCard, network: NetworkNodeCard, router: RouterNodeCard }
const edgeTypes = { port: PortWire }

/** Below this zoom only names are drawn. */
const FAR_ZOOM = 0.45
const MINIMAP_FROM_NODES = 40
const MIN_ZOOM = 0.05
/** Before it is measured, on the server too: the canvas of a window of 1440 to 900 pixels. There nothing moves when the page comes alive. */
const assumedView = { initialWidth: 1248, initialHeight: 852, initialMinZoom: MIN_ZOOM, initialMaxZoom: FIT.maxZoom }

interface TopologyCanvasProps {
  readonly graph: TopologyGraph
  readonly places: Places
  readonly selectedId: string | null
  readonly onSelect: (id: string | null) => void
  readonly onDelete: (id: string) => void
  readonly onDropped: (kind: PaletteKind, networkId: string | null) => void
}

export function TopologyCanvas({ graph, places, selectedId, onSelect, onDelete, onDropped }: TopologyCanvasProps) {
  const drawn = useMemo(() => flowElements(graph, places), [graph, places])
  const { nodes, edges } = useMemo(() => withSelection(drawn, graph, selectedId), [drawn, graph, selectedId])
  const [isFar, setFar] = useState(false)
  const flow = useRef<ReactFlowInstance<TopologyNode, PortEdge> | null>(null)
  const select = useStableCallback(onSelect)

  const { canvasRef, noteMove, takeView } = useFittedView(flow, places)
  const goByKey = useStops({ canvasRef, flow, graph, places, selectedId, takeView })

  const handleKey = (event: KeyboardEvent) => {
    if (goByKey(event)) return
    if ((event.key !== 'Delete' && event.key !== 'Backspace') || selectedId === null) return
    event.preventDefault()
    onDelete(selectedId)
  }
  const handleDrop = (event: DragEvent) => {
    const kind = readDesignKind(event.dataTransfer)
    if (kind === null) return
    event.preventDefault()
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-network]') : null
    onDropped(kind, target?.dataset['network'] ?? null)
  }
  return (
    <div
      ref={canvasRef}
      role="region"
      aria-label="Topology canvas"
      // One stop for the whole drawing; arrow keys go on from there.
      tabIndex={0}
      data-far={isFar || undefined}
      className={`${styles.canvas} min-h-0 min-w-0 flex-1 focus-visible:-outline-offset-2`}
      onKeyDown={handleKey}
      onDragOver={(event) => isDesignDrag(event.dataTransfer) && event.preventDefault()}
      onDrop={handleDrop}
    >
      <SelectContext value={select}>
        <ReactFlowProvider initialNodes={nodes} initialEdges={edges} fitView initialFitViewOptions={FIT} {...assumedView}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            deleteKeyCode={null}
            onlyRenderVisibleElements
            fitView
            fitViewOptions={FIT}
            minZoom={MIN_ZOOM}
            maxZoom={1.6}
            onInit={(instance) => {
              flow.current = instance
              // The inspector may have come before it.
              void instance.fitView(FIT)
            }}
            onMove={(event, viewport) => {
              noteMove(event)
              setFar(viewport.zoom < FAR_ZOOM)
            }}
            onPaneClick={() => onSelect(null)}
            onEdgeClick={(_, edge) => onSelect(edge.data?.objectId ?? edge.id)}
          >
            <Controls showInteractive={false} position="bottom-left" />
            {nodes.length >= MINIMAP_FROM_NODES && <MiniMap pannable zoomable ariaLabel="Map of the whole topology" />}
          </ReactFlow>
        </ReactFlowProvider>
      </SelectContext>
    </div>
  )
}

/** The same function for ever, calling the latest one: memoised nodes need not know about new ones. */
function useStableCallback(callback: (id: string) => void): (id: string) => void {
  const latest = useRef(callback)
  useEffect(() => {
    latest.current = callback
  })
  return useCallback((id: string) => latest.current(id), [])
}
