// The router that joins the networks of two ends: of the design, or, between ports that were found, one of somebody else's.

import { routersBetween, type RouterBetween } from '../found/found-routers'
import type { HostObservation } from '../host/observation'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import { portsOfNetwork } from '../topology/lookup'
import { isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { Endpoint } from './path'
import { isRouted } from './travel'

interface Known {
  readonly topology: Topology
  readonly observations: ReadonlyMap<string, HostObservation>
}

export function routerBetween({ topology, observations }: Known, source: Endpoint, destination: Endpoint): RouterBetween | null {
  if (!isRouted({ source, destination })) return null
  const designed = designedBetween(topology, source.networkId, destination.networkId)
  if (designed) return designed
  return source.isFound && destination.isFound
    ? (routersBetween(observations.values(), [source.networkId, destination.networkId])[0] ?? null)
    : null
}

/** Of several the one that the source's network has for its gateway: to that one its frames go. */
export function designedBetween(topology: Topology, from: string, to: string): RouterBetween | null {
  const { ports, routers } = topology
  const gateways = new Set(topology.subnets.flatMap(({ networkId, gatewayIp }) => (networkId === from ? (gatewayIp ?? []) : [])))
  const isGateway = (port: Port) => port.fixedIps.some(({ ipAddress }) => gateways.has(ipAddress))
  const near = portsOfNetwork(ports, from)
    .filter(isDesigned(topology))
    .toSorted((a, b) => Number(isGateway(b)) - Number(isGateway(a)))
  for (const port of near) {
    const other = portsOfNetwork(ports, to).find((each) => isRouterPort(each) && each.deviceId === port.deviceId)
    if (!other || !findById(routers, port.deviceId)?.isAdminStateUp) continue
    const macs = new Map([port, other].map(({ networkId, macAddress }) => [networkId, macAddress]))
    return { id: port.deviceId, macs }
  }
  return null
}

const isDesigned =
  ({ routers }: Topology) =>
  (port: Port): boolean =>
    isRouterPort(port) && findById(routers, port.deviceId) !== null
