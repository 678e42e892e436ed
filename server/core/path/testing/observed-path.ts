// The path between two ports of hosts that have no design here, named by their iface-id.

import { topologyFromObservations } from '../../found/found-topology'
import type { HostObservation } from '../../host/observation'
import { computePath } from '../compute-path'
import type { NoPath, Path } from '../path'

export function computeObservedPath(
  observations: ReadonlyMap<string, HostObservation>,
  source: string,
  destination: string,
): Path | NoPath {
  const topology = topologyFromObservations([...observations.values()])
  return computePath({ topology, observations, found: new Set(topology.ports.map(({ id }) => id)) }, source, destination)
}
