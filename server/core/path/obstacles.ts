// Why there is no path between two ends.

import { labelPort } from '../topology/kinds/port/port-label'
import { isCentralPort, isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import { findEndpoint, floatingAddress } from './list-endpoints'
import { floatingIpAt, isAddress, portAt } from './end'
import type { Endpoint, NoPath } from './path'
import { whyNotOutside } from './why-not-outside'
import type { PathSide } from './path-side'
import type { PathSides } from './path-sides'
import { isRouted } from './travel'

/** What is wrong with the ends themselves. `topology`: with distributed ports on the host of the other end. */
export function findObstacle(topology: Topology, source: string, destination: string): NoPath | null {
  if (isAddress(source) && isAddress(destination)) return { code: 'both_outside', params: {} }
  const pairs = [
    [source, destination],
    [destination, source],
  ] as const
  const isSame = source === destination || portAt(topology, source) === (portAt(topology, destination) ?? undefined)
  if (isSame) return { code: 'same_port', params: {} }
  for (const [end, other] of pairs) {
    const problem = isAddress(end) ? null : whyNoEnd(topology, end, other)
    if (problem) return problem
  }
  for (const [end, other] of pairs) {
    const problem = isAddress(end) ? whyNotOutside(topology, end, other, end === source) : null
    if (problem) return problem
  }
  return null
}

const hasForwardings = ({ portForwardings }: Topology, id: string): boolean =>
  portForwardings.some(({ floatingIpId }) => floatingIpId === id)

function whyNoEnd(topology: Topology, end: string, other: string): NoPath | null {
  const floatingIp = floatingIpAt(topology, end)
  if (floatingIp && floatingIp.fixedPortId === null)
    return {
      code: 'floating_ip_free',
      params: { address: floatingAddress(topology, floatingIp), forwardsPorts: hasForwardings(topology, floatingIp.id) },
    }
  const port = portAt(topology, end)
  if (!port) return { code: 'unknown_port', params: { portId: end } }
  const endpoint = findEndpoint(topology, end)
  if (!endpoint) return { code: 'not_bound', params: { port: port.name || port.id, isOnHost: port.hostId !== null } }
  return port.hostId === null ? onOtherHosts(topology, endpoint, other) : null
}

/** Of a distributed port: no host of its own, and none that the other end shares with it. */
function onOtherHosts(topology: Topology, { label }: Endpoint, otherEnd: string): NoPath {
  const other = findEndpoint(topology, otherEnd)
  const isBound = (portAt(topology, otherEnd)?.hostId ?? null) !== null
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
  topology: Topology,
  { endpoint, port: own }: PathSide,
  { endpoint: other, port: otherPort }: PathSide,
): NoPath | null {
  const { kind, label, networkName: network } = endpoint
  if (kind !== 'router' || endpoint.networkId === other.networkId) return null
  if (own.deviceId === otherPort.deviceId) return { code: 'same_router', params: { label } }
  const nearer = topology.ports.find(
    (port) => isRouterPort(port) && !isCentralPort(port) && port.deviceId === own.deviceId && port.networkId === other.networkId,
  )
  return {
    code: 'behind_router',
    params: {
      label,
      network,
      other: { label: other.label, network: other.networkName },
      nearer: nearer ? labelPort(topology, nearer) : null,
    },
  }
}

function differentNetworks(source: Endpoint, destination: Endpoint): NoPath {
  const named = ({ label, networkName: network }: Endpoint) => ({ label, network })
  return { code: 'different_networks', params: { source: named(source), destination: named(destination) } }
}
