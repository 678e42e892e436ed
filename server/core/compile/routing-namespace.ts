// A namespace in which a router routes: a device for each of its ports there, which answers for the addresses of its own; forwarding on; and the routes that
// lead on from there.

import { mergeHostStates, type HostState } from '../host/host-state'
import type { IpAddress, Route } from '../host/ip'
import type { Sysctl } from '../host/sysctl'
import { routerDevice } from '../naming'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { driverOf } from './agent-drivers'
import { addressesOf, defaultBy, isInSubnet, subnetOf } from './inside-namespace'
import type { HostScope } from './scope'

export function routingNamespace(scope: HostScope, router: Router, ports: readonly Port[], netns: string): HostState {
  const { plugInside } = driverOf(scope.host)
  return mergeHostStates([
    { namespaces: [{ name: netns, owner: { kind: 'router', id: router.id } }], sysctls: namespaceSysctls(netns) },
    ...ports.map((port) => plugInside(scope, port, scope.network(port.networkId), { netns, device: routerDevice(port) })),
    { addresses: ports.flatMap((port) => announced(scope, port, netns)), routes: routesOf(scope, router, ports, netns) },
  ])
}

/** It answers ARP for an address on the device that has it only, and never from another one's. */
const namespaceSysctls = (netns: string): Sysctl[] =>
  [
    ['net/ipv4/ip_forward', '1'],
    ['net/ipv4/conf/all/arp_ignore', '1'],
    ['net/ipv4/conf/all/arp_announce', '2'],
  ].map(([key = '', value = '']) => ({ netns, key, value }))

/** Another router, or this one on another host, may have had the address before: who knows it would go on sending there for most of a minute. */
const announced = (scope: HostScope, port: Port, netns: string): IpAddress[] =>
  addressesOf(scope, port, { netns, device: routerDevice(port) }).map((address) => ({ ...address, isAnnounced: true }))

function routesOf(scope: HostScope, { routes, gateway }: Router, ports: readonly Port[], netns: string): Route[] {
  // A distributed router's gateway is elsewhere, and with it the neighbours that it has there.
  const extra = routes.flatMap(({ destination, nexthop }): Route[] => {
    const link = ports.find((port) => isOnLink(scope, port, nexthop))
    return link ? [{ netns, table: 'main', destination: asKernel(destination), via: nexthop, link: routerDevice(link) }] : []
  })
  const out = ports.find(({ id }) => id === gateway?.portId)
  const via = out && scope.subnets(out.networkId).find(({ id }) => out.fixedIps.some(({ subnetId }) => subnetId === id))?.gatewayIp
  if (!out || !via || extra.some(({ destination }) => destination === 'default')) return extra
  return [...extra, ...defaultBy(via, isOnLink(scope, out, via), { netns, device: routerDevice(out) })]
}

const asKernel = (destination: string): string => (destination === '0.0.0.0/0' ? 'default' : destination)

const isOnLink = (scope: HostScope, port: Port, address: string): boolean =>
  port.fixedIps.some(({ subnetId }) => isInSubnet(subnetOf(scope, port.networkId, subnetId), address))
