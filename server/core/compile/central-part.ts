// The central part of a distributed router (docs/reference/routers.md): snat-<router> on a network host, with the gateway and a port in each subnet. Wherever
// the router stands it sends there what no floating IP leads out: by a rule per subnet, behind those of floating IPs, and a table of that rule's number.
// Answers go from there straight to the VM, and not by the router of its host.

import { mergeHostStates, type HostState } from '../host/host-state'
import type { Sysctl } from '../host/sysctl'
import { routerDevice, snatNamespace } from '../naming'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { isCentralPort, portsOfRouter } from '../topology/router-ports'
import { associatedCentrally } from './floating-ips-here'
import { addressesOf } from './inside-namespace'
import { routingNamespace } from './routing-namespace'
import type { HostScope } from './scope'
import { tableNumber } from './table-number'
import { wayOut } from './way-out'

export function compileCentralPart(scope: HostScope, router: Router, ports: readonly Port[]): HostState {
  const netns = snatNamespace(router.id)
  return mergeHostStates([
    routingNamespace(scope, router, ports, netns),
    { sysctls: centralSysctls(netns) },
    wayOut(scope, router, ports, associatedCentrally(scope, router), netns),
  ])
}

/** As Neutron's SnatNamespace: a connection of which only the middle is seen is none. */
const centralSysctls = (netns: string): Sysctl[] => [
  { netns, key: 'net/netfilter/nf_conntrack_tcp_loose', value: '0' },
  { netns, key: 'net/ipv4/ip_nonlocal_bind', value: '1' },
]

/** `ports`: the router's interfaces on a host. While the central part has no host, there is no way to lead to. */
export function leadToCentralPart(scope: HostScope, router: Router, ports: readonly Port[], netns: string): Partial<HostState> {
  const central = portsOfRouter(scope.topology.ports, router.id).filter((port) => isCentralPort(port) && port.hostId !== null)
  const ways = ports.flatMap((port) => {
    const [own] = addressesOf(scope, port, { netns, device: routerDevice(port) })
    const to = central.find(({ fixedIps }) => fixedIps.some(({ subnetId }) => subnetId === port.fixedIps[0]?.subnetId))
    const via = to?.fixedIps[0]?.ipAddress
    return own && to && via !== undefined
      ? [{ source: own.cidr, link: own.link, via, macAddress: to.macAddress, number: tableNumber(port) }]
      : []
  })
  if (ways.length === 0) return {}
  return {
    rules: ways.map(({ source, number }) => ({ netns, priority: number, source, table: String(number) })),
    routes: ways.map(({ number, via, link }) => ({ netns, table: String(number), destination: 'default', via, link })),
    neighbours: ways.map(({ link, via, macAddress }) => ({ netns, link, address: via, macAddress })),
    // It leaves by the device that it came by, and nobody is to be told of a shorter way: there is none.
    sysctls: ['all', ...ways.map(({ link }) => link)].map((device) => ({
      netns,
      key: `net/ipv4/conf/${device}/send_redirects`,
      value: '0',
    })),
  }
}
