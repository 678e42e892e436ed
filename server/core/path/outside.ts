// Somebody outside as the end of a path: by which external network he is reached from the other end, and where that leaves the cloud. Of himself
// nothing is known but his address, and what hosts have heard.

import type { HostObservation } from '../host/observation'
import { findById } from '../topology/find'
import { agentGatewayPlace, floatingIpsTo } from '../topology/floating-ips'
import { isInCidr, parseCidr, parseIpv4 } from '../topology/ipv4'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import { subnetsOfNetwork } from '../topology/lookup'
import { isGatewayPort, portsOfRouter } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { OutsideSegment } from '../walk/fleet'
import { physicalEnds } from './path-fleet'
import { aimOf } from './packets'
import { isProvider, type PathSide, wireVlan } from './path-side'
import { routersFor } from './router-between'
import { isBeyond } from './travel'

export interface WayOut {
  /** By which the packets leave their network; null: who is outside gets them there. */
  readonly routerId: string | null
  /** In which he gets them. */
  readonly network: Network
  /** Where they leave the cloud. */
  readonly hostId: string
}

/** null: nothing leads out of its network. `port`: on a host. */
export function wayOut(topology: Topology, port: Port, address: string): WayOut | null {
  const network = findById(topology.networks, port.networkId)
  if (!network || port.hostId === null) return null
  const direct = isProvider(network) ? { routerId: null, network, hostId: port.hostId } : null
  const isSentThere = isGatewayPort(port) || isIn(topology, network, address) || upstreamOf(topology, network) !== null
  if (direct && isSentThere) return direct
  for (const routerId of routersFor(topology, port)) {
    const way = byRouter(topology, port, routerId, address)
    if (way) return way
  }
  return direct
}

function byRouter(topology: Topology, port: Port, routerId: string, address: string): WayOut | null {
  const ports = portsOfRouter(topology.ports, routerId)
  const nextHop = routedBy(topology, routerId, address) ?? address
  const networks = ports.flatMap(({ networkId }) => findById(topology.networks, networkId) ?? [])
  const gateway = ports.find(isGatewayPort)
  const network =
    networks.find((each) => isProvider(each) && isIn(topology, each, nextHop)) ?? findById(topology.networks, gateway?.networkId)
  if (!network || !isProvider(network)) return null
  return { routerId, network, hostId: exitHost(topology, port, routerId) ?? gateway?.hostId ?? port.hostId ?? '' }
}

/** A distributed router translates floating IPs where their VMs are, and everything else at one place. */
function exitHost(topology: Topology, { id }: Port, routerId: string): string | null {
  const [floatingIp] = floatingIpsTo(topology.floatingIps, id).filter((each) => each.routerId === routerId)
  return (floatingIp && agentGatewayPlace(topology, floatingIp)?.hostId) ?? findById(topology.routers, routerId)?.hostId ?? null
}

/** By an extra route, the most specific one. */
function routedBy({ routers }: Topology, routerId: string, address: string): string | null {
  const value = parseIpv4(address)
  const found = (findById(routers, routerId)?.routes ?? []).flatMap(({ destination, nexthop }) => {
    const cidr = parseCidr(destination)
    return cidr && value !== null && isInCidr(cidr, value) ? [{ nexthop, length: cidr.prefixLength }] : []
  })
  return found.toSorted((left, right) => right.length - left.length)[0]?.nexthop ?? null
}

/** In one of its subnets. */
export function isIn({ subnets }: Topology, { id }: Network, address: string): boolean {
  const value = parseIpv4(address)
  return subnetsOfNetwork(subnets, id).some(({ cidr }) => {
    const parsed = parseCidr(cidr)
    return parsed !== null && value !== null && isInCidr(parsed, value)
  })
}

/** Who hands on what is in none of its subnets; null: nobody that is told. */
const upstreamOf = ({ subnets, ports }: Topology, { id }: Network): string | null =>
  subnetsOfNetwork(subnets, id).find(({ gatewayIp }) => gatewayIp !== null && !ports.some((port) => isOf(port, id, gatewayIp)))
    ?.gatewayIp ?? null

/** To somebody with that address, or who hands on to him. */
export const senderAt = (topology: Topology, network: Network, address: string): string =>
  isIn(topology, network, address) ? address : (upstreamOf(topology, network) ?? address)

const isOf = ({ networkId, fixedIps }: Port, id: string, address: string): boolean =>
  networkId === id && fixedIps.some(({ ipAddress }) => ipAddress === address)

export function outsideSegment(topology: Topology, observations: ReadonlyMap<string, HostObservation>, network: Network): OutsideSegment {
  const own = new Set(
    topology.ports
      .filter(({ networkId }) => networkId === network.id)
      .flatMap(({ fixedIps }) => fixedIps.map(({ ipAddress }) => ipAddress)),
  )
  return {
    name: network.name,
    ends: physicalEnds(topology, network.physicalNetworkId),
    vlanId: wireVlan(network),
    isOurs: (address) => own.has(address),
    macs: heardOf(topology, observations, network, own),
  }
}

/** What stacks have in their tables of addresses in its subnets. */
function heardOf(
  topology: Topology,
  observations: ReadonlyMap<string, HostObservation>,
  network: Network,
  own: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const heard = [...observations.values()].flatMap(({ state: { learned } }) => learned?.neighbours ?? [])
  return new Map(
    heard.flatMap(({ link, address, macAddress }) =>
      macAddress !== null && /^[fq]g-/.test(link) && !own.has(address) && isIn(topology, network, address)
        ? [[address, macAddress] as const]
        : [],
    ),
  )
}

/** Where the packets of either end may leave the cloud, or come from. */
export function outsideOf(
  topology: Topology,
  observations: ReadonlyMap<string, HostObservation>,
  { near, far }: { readonly near: PathSide; readonly far: PathSide },
): readonly OutsideSegment[] {
  if (near.endpoint.kind !== 'outside' && !isBeyond(far.endpoint)) return []
  const ways = [
    [near, far],
    [far, near],
  ] as const
  const segments = ways.flatMap(([{ outside, port }, other]) => {
    const network = outside ? null : wayOut(topology, port, aimOf(other))?.network
    return outside ?? (network ? outsideSegment(topology, observations, network) : [])
  })
  return segments.filter(({ name }, index) => segments.findIndex((each) => each.name === name) === index)
}
