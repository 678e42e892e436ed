// Puts both ends of a path together from the design and what was read of their hosts.

import type { HostObservation } from '../host/observation'
import type { Host } from '../topology/kinds/host/host'
import type { Topology } from '../topology/topology'
import { carriersOfHost } from './carrier'
import { HostView } from './host-view'
import { findEndpoint } from './list-endpoints'
import { localized } from './localize'
import { type PathSide, trunkSideOf } from './path-side'

export interface SidesInput {
  readonly topology: Topology
  readonly observations: ReadonlyMap<string, HostObservation>
  /** Ports that were derived from the observations: in no design, so that they can differ from none. */
  readonly found?: ReadonlySet<string>
}

export interface PathSides {
  readonly near: PathSide
  readonly far: PathSide
}

/** null when a port, its host or its network is not there. */
export function sidesOf(known: SidesInput, source: string, destination: string): PathSides | null {
  const input = { ...known, topology: localized(known.topology, source, destination) }
  const near = sideOf(input, source, 'source')
  const far = sideOf(input, destination, 'destination')
  return near && far && { near, far }
}

export function sideOf({ topology, observations, found }: SidesInput, portId: string, end: PathSide['end']): PathSide | null {
  const endpoint = findEndpoint(topology, portId, found)
  const port = topology.ports.find(({ id }) => id === portId)
  const host = topology.hosts.find(({ id }) => id === port?.hostId)
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  if (!endpoint || !port || !host || !network) return null
  const observation = observations.get(host.id)
  const vlan = topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === network.id)
  const view = observation ? new HostView(observation) : null
  const carriers = carriersOfHost(topology, observations, host, network.physicalNetworkId)
  return {
    end,
    endpoint,
    host,
    port,
    network,
    localVlan: vlan?.vlan ?? null,
    view,
    hasDesign: endpoint.isFound !== true,
    topology,
    trunk: trunkSideOf(topology, port),
    carriers,
  }
}

/** The same end where another host carries its frames: the one of a router, or what its own host runs on. */
export function seenOn(side: PathSide, host: Host, view: HostView | null): PathSide {
  const vlan = side.topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === side.network.id)
  return { ...side, host, view, localVlan: vlan?.vlan ?? null }
}
