// Puts both ends of a path together from the design and what was read of their hosts.

import type { HostObservation } from '../host/observation'
import type { Topology } from '../topology/topology'
import { carriersOfHost } from './carrier'
import { HostView } from './host-view'
import { findEndpoint } from './list-endpoints'
import { type PathSide, trunkSideOf } from './path-side'

export interface SidesInput {
  readonly topology: Topology
  readonly observations: ReadonlyMap<string, HostObservation>
  /** False when the topology was derived from the observations; nothing can then differ from a design. */
  readonly hasDesign?: boolean
}

export interface PathSides {
  readonly near: PathSide
  readonly far: PathSide
}

/** null when a port, its host or its network is not there. */
export function sidesOf(input: SidesInput, source: string, destination: string): PathSides | null {
  const near = sideOf(input, source, 'source')
  const far = sideOf(input, destination, 'destination')
  return near && far && { near, far }
}

export function sideOf({ topology, observations, hasDesign = true }: SidesInput, portId: string, role: PathSide['role']): PathSide | null {
  const endpoint = findEndpoint(topology, portId)
  const port = topology.ports.find(({ id }) => id === portId)
  const host = topology.hosts.find(({ id }) => id === port?.hostId)
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  if (!endpoint || !port || !host || !network) return null
  const observation = observations.get(host.id)
  const vlan = topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === network.id)
  const view = observation ? new HostView(observation) : null
  const carriers = carriersOfHost(topology, observations, host, network.physicalNetworkId)
  return { role, endpoint, host, port, network, localVlan: vlan?.vlan ?? null, view, hasDesign, topology, trunk: trunkSideOf(topology, port), carriers }
}
