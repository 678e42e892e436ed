// Runs elk off the main thread. One worker for the life of the page, made when the first graph is drawn.

import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api'

import { fromElk, toElk, type Places } from './elk-graph'
import type { TopologyGraph } from './graph-parts'

let engine: Elk | null = null

function startEngine(): Elk {
  return new ELK({ workerFactory: () => new Worker(new URL('./elk.worker.ts', import.meta.url), { type: 'module' }) })
}

export async function layoutGraph(graph: TopologyGraph): Promise<Places> {
  engine ??= startEngine()
  return fromElk(graph, await engine.layout(toElk(graph)))
}
