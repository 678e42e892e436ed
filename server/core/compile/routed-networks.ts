// Networks on a host that a distributed router joins there, with its interfaces in them.

import { oncePer } from '../once-per'
import { findById, findInOrder } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import { portsOfNetwork } from '../topology/lookup'
import type { Port } from '../topology/kinds/port/port'
import { presenceOf } from '../topology/presence'
import { isCentralPort } from '../topology/router-ports'
import type { HostScope } from './scope'

/** By address. One of a router that is administratively down is none: its host has no namespace for it. */
export const distributedInterfaces = (scope: HostScope, networkId: string): readonly Port[] => interfacesIn(scope)(networkId)
export const hasDistributedRouter = (scope: HostScope, networkId: string): boolean => distributedInterfaces(scope, networkId).length > 0

const interfacesIn = oncePer((scope: HostScope) => {
  const known = new Map<string, readonly Port[]>()
  return (networkId: string) => {
    const found = known.get(networkId) ?? findInterfaces(scope, networkId)
    known.set(networkId, found)
    return found
  }
})

const findInterfaces = ({ topology, routers }: HostScope, networkId: string): readonly Port[] =>
  portsOfNetwork(topology.ports, networkId)
    .filter((port) => port.deviceOwner === 'network:router_interface_distributed' && findById(routers, port.deviceId)?.isAdminStateUp)
    .toSorted((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))

const addressOf = ({ fixedIps }: Port): string => fixedIps[0]?.ipAddress ?? ''

/**
 * The interface that a port of the network has for its gateway: the one with the address its subnet names, or else the first. To the central part of a router
 * its own interface in the subnet sends, and no other.
 */
export function gatewayOf(scope: HostScope, port: Port): Port | undefined {
  const interfaces = distributedInterfaces(scope, port.networkId)
  const subnets = new Set(port.fixedIps.map(({ subnetId }) => subnetId))
  if (isCentralPort(port))
    return interfaces.find(({ deviceId, fixedIps }) => deviceId === port.deviceId && fixedIps.some(({ subnetId }) => subnets.has(subnetId)))
  const gateways = scope.subnets(port.networkId).flatMap(({ id, gatewayIp }) => (subnets.has(id) ? (gatewayIp ?? []) : []))
  return interfaces.find(({ fixedIps }) => fixedIps.some(({ ipAddress }) => gateways.includes(ipAddress))) ?? interfaces[0]
}

/** Networks here that travel by tunnel and have one. */
export const tunnelledNetworks = (scope: HostScope): readonly Network[] =>
  scope.host.tunnel ? scope.networks.filter(({ id, type }) => type === 'vxlan' && hasDistributedRouter(scope, id)) : []

/** Networks here that travel by a physical network and have one. */
export const providerNetworks = (scope: HostScope, physicalNetworkId: string): readonly Network[] =>
  scope.networks.filter((network) => network.physicalNetworkId === physicalNetworkId && hasDistributedRouter(scope, network.id))

/** Other hosts with a port of one of these networks: a router of theirs may send here. */
export function peersIn({ topology, host }: HostScope, networks: readonly Network[]): readonly Host[] {
  const { hostsOfNetwork } = presenceOf(topology)
  const ids = networks.flatMap(({ id }) => hostsOfNetwork(id).map((each) => each.id))
  return findInOrder(
    topology.hosts,
    [...new Set(ids)].filter((id) => id !== host.id),
  )
}
