// The drawing by keyboard: it is one tab stop, and arrow keys go from object to object, also to those out of view, which are brought
// there. Each host with what runs on it, then each network with its subnets and floating IPs, then each router. Pure.

import type { Viewport } from '@xyflow/react'

import { type Place, type Places } from './elk-graph'
import { floatingIpsId, type TopologyGraph } from './graph-parts'

export interface Stop {
  readonly id: string
  /** Of the node that it is or stands in, in the drawing as a whole. */
  readonly place: Place
}

export function stopsOf(graph: TopologyGraph, places: Places): readonly Stop[] {
  const at = (id: string, outer?: Place): Stop[] => {
    const place = places[id]
    return place ? [{ id, place: { ...place, x: place.x + (outer?.x ?? 0), y: place.y + (outer?.y ?? 0) } }] : []
  }
  const hosts = graph.hosts.flatMap((host) =>
    at(host.id).flatMap((stop) => [stop, ...host.endpoints.flatMap(({ id }) => at(id, stop.place))]),
  )
  const networks = graph.networks.flatMap((network) =>
    at(network.id).flatMap((stop) => {
      const parts = [...network.subnets.map(({ id }) => id), ...(network.floatingIps ? [floatingIpsId(network.id)] : [])]
      return [stop, ...parts.map((id) => ({ id, place: stop.place }))]
    }),
  )
  return [...hosts, ...networks, ...graph.routers.flatMap(({ id }) => at(id))]
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** null: the key goes nowhere. Whoever comes from outside, or from what is gone, begins at the start. */
export function stopAfter(stops: readonly Stop[], currentId: string | null, key: string): Stop | null {
  if (key === 'Home') return stops[0] ?? null
  if (key === 'End') return stops.at(-1) ?? null
  const step = STEPS[key]
  if (step === undefined) return null
  const current = stops.findIndex(({ id }) => id === currentId)
  return (current < 0 ? stops[0] : stops[current + step]) ?? null
}

/** As a whole, or as much of it as the view has room for. */
export function isInView(
  { x, y, width, height }: Place,
  view: Viewport,
  size: { readonly width: number; readonly height: number },
): boolean {
  const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y]
  const [right, bottom] = [left + width * view.zoom, top + height * view.zoom]
  return left >= 0 && top >= 0 && right <= size.width && bottom <= size.height
}
