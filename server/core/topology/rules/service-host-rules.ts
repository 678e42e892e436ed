// Where somebody puts a router, the central part of one, or a DHCP server: on a network host that takes it and carries its networks. At least as
// strict as the choice that is made where nobody does (allocate/network-host.ts), or that would put it elsewhere at once.

import { findById } from '../find'
import type { Host } from '../kinds/host/host'
import type { Router } from '../kinds/router/router'
import { needsCentralPart } from '../central-part'
import { portsOfRouter } from '../router-ports'
import type { Topology } from '../topology'
import { conflict, invalid, missing, type Violation } from '../violation'
import { checkBinding, checkStandsOn } from './binding-rules'

export function checkRouterHost(topology: Topology, router: Router, hostId: string): Violation[] {
  const field = 'hostId'
  if (router.isDistributed && !needsCentralPart(topology, router)) return [invalid('router-host-distributed', field, {})]
  const networkIds = [...new Set(portsOfRouter(topology.ports, router.id).map(({ networkId }) => networkId))]
  if (networkIds.length === 0) return [invalid('router-host-unused', field, {})]
  return checkServiceHost(topology, hostId, field, (host) =>
    router.isDistributed
      ? [...checkStandsOn(topology, router, host, field), ...checkBinding(topology, router.gateway?.networkId ?? '', hostId, field)]
      : networkIds.flatMap((id) => checkBinding(topology, id, hostId, field)),
  )
}

export const checkDhcpHost = (topology: Topology, networkId: string, hostId: string): Violation[] =>
  checkServiceHost(topology, hostId, 'dhcpHostId', () => checkBinding(topology, networkId, hostId, 'dhcpHostId'))

function checkServiceHost({ hosts }: Topology, hostId: string, field: string, carries: (host: Host) => Violation[]): Violation[] {
  const host = findById(hosts, hostId)
  if (!host) return [missing('host', field)]
  if (!host.roles.includes('network')) return [conflict('service-host-network', field, { host: host.name }, [host.name])]
  if (!host.isSchedulable) return [conflict('host-schedulable', field, { host: host.name }, [host.name])]
  // One is enough to say why.
  return carries(host).slice(0, 1)
}
