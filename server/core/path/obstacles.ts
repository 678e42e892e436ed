// Why there is no path between two ports.

import { isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import { findEndpoint } from './list-endpoints'
import type { Endpoint, NoPath } from './path'
import type { PathSide } from './path-side'
import type { PathSides } from './path-sides'
import { isRouted } from './travel'

/** What is wrong with the ends themselves. `topology`: with distributed ports on the host of the other end. */
export function findObstacle(topology: Topology, source: string, destination: string): NoPath | null {
  if (source === destination) return { code: 'same_port', params: {} }
  for (const [portId, otherId] of [
    [source, destination],
    [destination, source],
  ] as const) {
    const port = topology.ports.find(({ id }) => id === portId)
    if (!port) return { code: 'unknown_port', params: { portId } }
    const endpoint = findEndpoint(topology, portId)
    if (!endpoint) return { code: 'not_bound', params: { port: port.name || port.id, isOnHost: port.hostId !== null } }
    if (port.hostId === null) return onOtherHosts(topology, endpoint, otherId)
  }
  return null
}

/** Of a distributed port: no host of its own, and none that the other end shares with it. */
function onOtherHosts(topology: Topology, { label }: Endpoint, otherId: string): NoPath {
  const other = findEndpoint(topology, otherId)
  const isBound = topology.ports.some(({ id, hostId }) => id === otherId && hostId !== null)
  return { code: 'on_other_hosts', params: { label, other: other && isBound ? { label: other.label, host: other.hostName } : null } }
}

/** `isJoined`: by a router that is known. */
export function findGap(topology: Topology, { near, far }: PathSides, isJoined: boolean): NoPath | null {
  const [source, destination] = [near.endpoint, far.endpoint]
  if (!isRouted({ source, destination })) return null
  return (
    behindRouter(topology, far, near) ?? behindRouter(topology, near, far) ?? (isJoined ? null : differentNetworks(source, destination))
  )
}

/** A router is the end of a path in the network of its port; what it does with packets from another is a path through it. */
function behindRouter(
  { ports }: Topology,
  { endpoint, port: own }: PathSide,
  { endpoint: other, port: otherPort }: PathSide,
): NoPath | null {
  const { kind, label, networkName: network } = endpoint
  if (kind !== 'router') return null
  if (own.deviceId === otherPort.deviceId) return { code: 'same_router', params: { label } }
  const nearer = ports.find((port) => isRouterPort(port) && port.deviceId === own.deviceId && port.networkId === other.networkId)
  return {
    code: 'behind_router',
    params: { label, network, other: { label: other.label, network: other.networkName }, nearer: nearer?.name ?? null },
  }
}

function differentNetworks(source: Endpoint, destination: Endpoint): NoPath {
  const named = ({ label, networkName: network }: Endpoint) => ({ label, network })
  return { code: 'different_networks', params: { source: named(source), destination: named(destination) } }
}
