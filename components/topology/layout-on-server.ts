// The layout that the first view of a small design is sent with. Elk runs on the thread that answers everybody here, so a large design is laid
// out in the browser's worker (layout.ts), as every later one is. Both lay out equally.

import ELK from 'elkjs/lib/elk.bundled.js'

import { fromElk, toElk, type Places } from './elk-graph'
import type { TopologyGraph } from './graph-parts'
import { layoutKey } from './layout-key'

/** Some ten milliseconds. */
const LARGEST_BOXES = 60
const REMEMBERED = 8

const elk = new ELK()
const remembered = new Map<string, Promise<Places>>()

export const isLaidOutOnServer = ({ hosts, networks, routers }: TopologyGraph): boolean =>
  hosts.reduce((sum, { endpoints }) => sum + 1 + endpoints.length, networks.length + routers.length) <= LARGEST_BOXES

/** Of the last few shapes; a design is opened more often than it changes its shape. */
export function layoutOnServer(graph: TopologyGraph): Promise<Places> {
  const key = layoutKey(graph)
  const places = remembered.get(key) ?? elk.layout(toElk(graph)).then((answer) => fromElk(graph, answer))
  remembered.delete(key)
  remembered.set(key, places)
  for (const oldest of remembered.keys()) if (remembered.size > REMEMBERED) remembered.delete(oldest)
  return places
}
