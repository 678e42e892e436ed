// The router that joins the networks of two ends: of the design, or, between ports that were found, one of somebody else's.

import { routersBetween, type RouterBetween } from '../found/found-routers'
import type { HostObservation } from '../host/observation'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import { portsOfNetwork } from '../topology/lookup'
import { isCentralPort, isGatewayPort, isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { Endpoint } from './path'

interface Known {
  readonly topology: Topology
  readonly observations: ReadonlyMap<string, HostObservation>
}

export function routerBetween({ topology, observations }: Known, source: Endpoint, destination: Endpoint): RouterBetween | null {
  const designed = designedBetween(topology, source.networkId, destination.networkId)
  if (designed) return designed
  return source.isFound && destination.isFound
    ? (routersBetween(observations.values(), [source.networkId, destination.networkId])[0] ?? null)
    : null
}

/** Of several the one that the source's network has for its gateway: to that one its frames go. */
function designedBetween(topology: Topology, from: string, to: string): RouterBetween | null {
  const { ports, routers } = topology
  for (const port of interfacesIn(topology, from).filter(({ deviceId }) => findById(routers, deviceId))) {
    const other = portsOfNetwork(ports, to).find((each) => isWayIn(each) && each.deviceId === port.deviceId)
    if (!other || !findById(routers, port.deviceId)?.isAdminStateUp) continue
    const macs = new Map([port, other].map(({ networkId, macAddress }) => [networkId, macAddress]))
    return { id: port.deviceId, macs }
  }
  return null
}

/** Routers that what the port sends may go by, the design's and others', that of its network's gateway first. */
export const routersFor = (topology: Topology, { networkId }: Pick<Port, 'networkId'>): readonly string[] =>
  interfacesIn(topology, networkId).flatMap((port) =>
    isGatewayPort(port) || findById(topology.routers, port.deviceId)?.isAdminStateUp === false ? [] : [port.deviceId],
  )

/** What a network hands its packets to: the central part of a distributed router is reached by its other ports. */
const isWayIn = (port: Port): boolean => isRouterPort(port) && !isCentralPort(port)

function interfacesIn({ ports, subnets }: Topology, networkId: string): readonly Port[] {
  const gateways = new Set(subnets.flatMap((subnet) => (subnet.networkId === networkId ? (subnet.gatewayIp ?? []) : [])))
  const isGateway = (port: Port) => port.fixedIps.some(({ ipAddress }) => gateways.has(ipAddress))
  return portsOfNetwork(ports, networkId)
    .filter(isWayIn)
    .toSorted((a, b) => Number(isGateway(b)) - Number(isGateway(a)))
}
