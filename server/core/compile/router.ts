// A router as its namespace (docs/reference/routers.md): qrouter-<router>, an interface for each of its ports there, forwarding on. A distributed one
// stands on every host with the same addresses and the same MACs, and is told its neighbours, for it is not to ask across the fabric: an
// answer would go to the interface of the same MAC that is nearest to who answers. A centralized one asks, translates and leads out.

import { mergeHostStates, type HostState } from '../host/host-state'
import type { IpAddress, Route } from '../host/ip'
import type { IptablesChain } from '../host/iptables'
import type { PermanentNeighbour } from '../host/neighbour'
import type { Sysctl } from '../host/sysctl'
import { routerDevice, routerNamespace } from '../naming'
import { isServed } from '../topology/distributed-routers'
import { isInCentralPart } from '../topology/central-part'
import { portsOfNetwork } from '../topology/lookup'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { driverOf } from './agent-drivers'
import { translationChains } from './floating-ip-translation'
import { associatedHere, type Associated } from './floating-ips-here'
import { compileFloatingIps } from './floating-ip-namespace'
import { addressesOf, defaultBy, isInSubnet, subnetOf } from './inside-namespace'
import type { HostScope } from './scope'

export function compileRouter(scope: HostScope, router: Router): HostState {
  const netns = routerNamespace(router.id)
  const ports = scope.routerPorts.filter((port) => port.deviceId === router.id && !isInCentralPart(router, port))
  const { plugInside } = driverOf(scope.host)
  const floatingIps = associatedHere(scope, router)
  const out = ports.find(({ id }) => id === router.gateway?.portId)
  return mergeHostStates([
    { namespaces: [{ name: netns, owner: { kind: 'router', id: router.id } }], sysctls: namespaceSysctls(netns) },
    ...ports.map((port) => plugInside(scope, port, scope.network(port.networkId), { netns, device: routerDevice(port) })),
    { addresses: ports.flatMap((port) => announced(scope, port, netns)), routes: routesOf(scope, router, ports, netns) },
    router.isDistributed
      ? { neighbours: ports.flatMap((port) => neighboursOf(scope, port, netns)) }
      : { addresses: floatingAddresses(floatingIps, out, netns), iptables: translation(router, floatingIps, out, netns) },
    router.isDistributed ? compileFloatingIps(scope, router, floatingIps) : {},
  ])
}

/** It answers ARP for an address on the device that has it only, and never from another one's. */
const namespaceSysctls = (netns: string): Sysctl[] =>
  [
    ['net/ipv4/ip_forward', '1'],
    ['net/ipv4/conf/all/arp_ignore', '1'],
    ['net/ipv4/conf/all/arp_announce', '2'],
  ].map(([key = '', value = '']) => ({ netns, key, value }))

/** Another router may have had the address before: guests would go on sending to its MAC for most of a minute. */
const announced = (scope: HostScope, port: Port, netns: string): IpAddress[] =>
  addressesOf(scope, port, { netns, device: routerDevice(port) }).map((address) => ({ ...address, isAnnounced: true }))

function routesOf(scope: HostScope, { routes, gateway }: Router, ports: readonly Port[], netns: string): Route[] {
  const extra = routes.flatMap(({ destination, nexthop }) => {
    const port = portTowards(scope, ports, nexthop)
    return port ? [{ netns, table: 'main', destination: asKernel(destination), via: nexthop, link: routerDevice(port) }] : []
  })
  const out = ports.find(({ id }) => id === gateway?.portId)
  const via = out && scope.subnets(out.networkId).find(({ id }) => out.fixedIps.some(({ subnetId }) => subnetId === id))?.gatewayIp
  if (!out || !via || extra.some(({ destination }) => destination === 'default')) return extra
  return [...extra, ...defaultBy(via, isOnLink(scope, out, via), { netns, device: routerDevice(out) })]
}

const asKernel = (destination: string): string => (destination === '0.0.0.0/0' ? 'default' : destination)

/** Of those in a namespace: one that has none has no use for the route. */
const portTowards = (scope: HostScope, ports: readonly Port[], nexthop: string): Port | undefined =>
  ports.find((port) => isOnLink(scope, port, nexthop))

const isOnLink = (scope: HostScope, port: Port, address: string): boolean =>
  port.fixedIps.some(({ subnetId }) => isInSubnet(subnetOf(scope, port.networkId, subnetId), address))

/** Of all that the router serves in the subnets of the interface, wherever it is. */
function neighboursOf(scope: HostScope, port: Port, netns: string): PermanentNeighbour[] {
  const subnets = new Set(port.fixedIps.map(({ subnetId }) => subnetId))
  return portsOfNetwork(scope.topology.ports, port.networkId)
    .filter(isServed)
    .flatMap(({ macAddress, fixedIps }) =>
      fixedIps.flatMap(({ subnetId, ipAddress }) =>
        subnets.has(subnetId) ? [{ netns, link: routerDevice(port), address: ipAddress, macAddress }] : [],
      ),
    )
}

/** A floating IP is an address of the way out: who asks for it there is answered. */
const floatingAddresses = (floatingIps: readonly Associated[], out: Port | undefined, netns: string): IpAddress[] =>
  out ? floatingIps.map(({ floating }) => ({ netns, link: routerDevice(out), cidr: `${floating}/32`, isAnnounced: true })) : []

function translation({ gateway }: Router, floatingIps: readonly Associated[], out: Port | undefined, netns: string): IptablesChain[] {
  if (!out || !gateway) return []
  const ownAddress = gateway.isSnatEnabled ? (out.fixedIps[0]?.ipAddress ?? null) : null
  return translationChains({ netns, outside: routerDevice(out), floatingIps, ownAddress, isOnlyFromOutside: false })
}
