// By what the packets of either end leave its network on the way to the other: a router's interface there, or, without one, whoever answers when
// its address is asked for.

import { findById } from '../topology/find'
import { portsOfNetwork } from '../topology/lookup'
import { isCentralPort, isGatewayPort, isRouterPort, portsOfRouter } from '../topology/router-ports'
import type { Network } from '../topology/kinds/network/network'
import type { Topology } from '../topology/topology'
import { isIn, senderAt, wayOut } from './outside'
import { aimOf, UNKNOWN_IP } from './packets'
import type { PathSide } from './path-side'
import { isBeyond } from './travel'
import type { PathSides, SidesInput } from './path-sides'
import { routerBetween, routersFor } from './router-between'

export type Gate =
  | { readonly routerId: string; readonly mac: string }
  /** Whom it asks for by ARP, and in whose name. */
  | { readonly routerId: null; readonly address: string; readonly asker: string }

export interface Gates {
  readonly near: Gate
  readonly far: Gate
  /** In which they are outside; null: nowhere. */
  readonly outer: Network | null
}

/** null: no router is known that joins them. */
export function gatesOf(known: SidesInput, { near, far }: PathSides): Gates | null {
  if (near.endpoint.kind === 'outside' || isBeyond(far.endpoint)) {
    const [there, home] = [gateTo(near, far), gateTo(far, near)]
    return there && home && { near: there, far: home, outer: outerOf(near, far) }
  }
  const router = routerBetween(known, near.endpoint, far.endpoint)
  if (!router) return null
  const gate = ({ network }: PathSide): Gate => ({ routerId: router.id, mac: router.macs.get(network.id) ?? '' })
  return { near: gate(near), far: gate(far), outer: null }
}

function outerOf(near: PathSide, far: PathSide): Network | null {
  const outside = [near, far].find(({ endpoint: { kind } }) => kind === 'outside')
  return outside ? outside.network : (wayOut(near.topology, near.port, aimOf(far))?.network ?? null)
}

function gateTo(from: PathSide, to: PathSide): Gate | null {
  const { topology, port, network, endpoint } = from
  const address = aimOf(to)
  if (endpoint.kind === 'outside')
    return { routerId: null, address: entryOf(to), asker: senderAt(topology, network, endpoint.ipAddress ?? '') }
  const way = wayOut(topology, port, address)
  const routerId = way ? way.routerId : (routersFor(topology, port)[0] ?? null)
  if (routerId === null)
    return isIn(topology, network, address) || way
      ? { routerId, address: senderAt(topology, network, address), asker: endpoint.ipAddress ?? UNKNOWN_IP }
      : null
  const own = portsOfNetwork(topology.ports, network.id).find(
    (each) => isRouterPort(each) && !isCentralPort(each) && each.deviceId === routerId,
  )
  return own ? { routerId, mac: own.macAddress } : null
}

/** Who answers for it outside: itself, or a router that translates nothing and hands on to it. */
function entryOf({ topology, port, endpoint }: PathSide): string {
  const address = endpoint.floatingIp?.address ?? endpoint.ipAddress ?? ''
  if (endpoint.floatingIp || isGatewayPort(port)) return address
  const gateway = openRouter(topology, port.networkId)
  return gateway ?? address
}

/** The address outside of a router of the network that lets everybody in as he is; null: there is none. */
export function openRouter(topology: Topology, networkId: string): string | null {
  for (const routerId of routersFor(topology, { networkId })) {
    const router = findById(topology.routers, routerId)
    const port = portsOfRouter(topology.ports, routerId).find(isGatewayPort)
    const address = port?.fixedIps[0]?.ipAddress
    if (address !== undefined && router?.gateway && !router.gateway.isSnatEnabled && !router.isDistributed) return address
  }
  return null
}
