// Why an address is no end outside: it cannot be one, it is the cloud's own, or nothing leads from there to the other end.

import { findById } from '../topology/find'
import { isAgentGateway, isFloatingIpPort } from '../topology/floating-ips'
import type { Network } from '../topology/kinds/network/network'
import { labelPort } from '../topology/kinds/port/port-label'
import type { Port } from '../topology/kinds/port/port'
import { isGatewayPort, portsOfRouter } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import { floatingIpsTo } from '../topology/floating-ips'
import { mayBeOutside, floatingIpAt, portAt } from './end'
import { openRouter } from './gates'
import { findEndpoint, floatingAddress } from './list-endpoints'
import { isIn, wayOut } from './outside'
import type { NoPath } from './path'
import { isProvider } from './path-side'
import { routersFor } from './router-between'

/** `other`: a port, or a floating IP that leads to one. `isSource`: who is outside begins. */
export function whyNotOutside(topology: Topology, address: string, other: string, isSource: boolean): NoPath | null {
  if (!mayBeOutside(address)) return { code: 'not_an_address_outside', params: { address } }
  const port = portAt(topology, other)
  if (!port) return { code: 'unknown_port', params: { portId: other } }
  return (
    whyOurs(topology, address, port) ?? whyNoWay(topology, address, port, other) ?? (isSource ? whyNotReached(topology, port, other) : null)
  )
}

/** An address that somebody has in another cloud of addresses is somebody else's there. */
function whyOurs(topology: Topology, address: string, port: Port): NoPath | null {
  const own = topology.ports.find(({ fixedIps }) => fixedIps.some(({ ipAddress }) => ipAddress === address))
  if (own) {
    const network = findById(topology.networks, own.networkId)?.name ?? own.networkId
    return { code: 'own_address', params: { address, label: labelPort(topology, own), network, isFloating: isFloatingIpPort(own) } }
  }
  const inside = joinedWith(topology, port).find((network) => !isProvider(network) && isIn(topology, network, address))
  return inside ? { code: 'own_network', params: { address, network: inside.name } } : null
}

/** Its own network, and what its routers join. */
function joinedWith(topology: Topology, port: Port): readonly Network[] {
  const ports = [port, ...routersFor(topology, port).flatMap((id) => portsOfRouter(topology.ports, id))]
  return ports.flatMap(({ networkId }) => findById(topology.networks, networkId) ?? [])
}

function whyNoWay(topology: Topology, address: string, port: Port, other: string): NoPath | null {
  if (wayOut(topology, port, address)) return null
  const [routerId] = routersFor(topology, port)
  const label = findEndpoint(topology, other)?.label ?? labelPort(topology, port)
  const network = findById(topology.networks, port.networkId)?.name ?? port.networkId
  const router = routerId === undefined ? null : (findById(topology.routers, routerId)?.name ?? routerId.slice(0, 8))
  const outer =
    findById(topology.networks, routerId && portsOfRouter(topology.ports, routerId).find(isGatewayPort)?.networkId)?.name ?? null
  return { code: 'no_way_out', params: { label, network, router, outer } }
}

/** What a router translates is reached by another address. */
function whyNotReached(topology: Topology, port: Port, other: string): NoPath | null {
  const network = findById(topology.networks, port.networkId)
  const isItself = floatingIpAt(topology, other) !== null || isGatewayPort(port) || isAgentGateway(port)
  const [first] = routersFor(topology, port)
  if (isItself || (network && isProvider(network) && first === undefined) || openRouter(topology, port.networkId)) return null
  const [floatingIp] = floatingIpsTo(topology.floatingIps, port.id)
  return {
    code: 'not_reached_from_outside',
    params: {
      label: findEndpoint(topology, other)?.label ?? labelPort(topology, port),
      floatingIp: floatingIp ? floatingAddress(topology, floatingIp) : null,
    },
  }
}
