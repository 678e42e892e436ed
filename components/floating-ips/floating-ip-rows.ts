// The floating IPs as rows of their table, those that the filter leaves: each with whom it leads to and where it is translated. Pure.

import type { TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { compareNames } from '@/components/ui/compare-naturally'
import { agentGatewayPlace } from '@/server/core/topology/floating-ips'
import { floatingAddress } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelForwarding } from '@/server/core/topology/kinds/port-forwarding/port-forwarding-label'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { forwardingsOf } from '@/server/core/topology/port-forwardings'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface FloatingIpRow {
  readonly floatingIp: ObjectOf['floatingIp']
  readonly address: string
  readonly network: Network | undefined
  readonly project: string
  readonly fixedPort: Port | undefined
  readonly forwardings: readonly ObjectOf['portForwarding'][]
  readonly router: Router | undefined
  /** Where packets to and from it are translated. */
  readonly host: Host | undefined
}

/** By network, then by address. `routerId`: of that router only. */
export function floatingIpRows(index: TopologyIndex, filter: string, routerId?: string): readonly FloatingIpRow[] {
  return index.topology.floatingIps
    .filter((each) => routerId === undefined || each.routerId === routerId)
    .map((floatingIp) => floatingIpRow(index, floatingIp))
    .filter((row) => matches(filter, wordsOf(index, row)))
    .toSorted((a, b) => compareNames(a.network?.name ?? '', b.network?.name ?? '') || compareNames(a.address, b.address))
}

export function floatingIpRow(index: TopologyIndex, floatingIp: ObjectOf['floatingIp']): FloatingIpRow {
  const { topology } = index
  const router = index.router(floatingIp.routerId ?? '')
  return {
    floatingIp,
    address: floatingAddress(topology, floatingIp) ?? '',
    network: index.network(floatingIp.networkId),
    project: index.project(floatingIp.projectId)?.name ?? '',
    fixedPort: index.port(floatingIp.fixedPortId ?? ''),
    forwardings: forwardingsOf(topology.portForwardings, floatingIp.id),
    router,
    host: index.host(agentGatewayPlace(topology, floatingIp)?.hostId ?? router?.hostId ?? null),
  }
}

const wordsOf = (
  { topology }: TopologyIndex,
  { floatingIp, address, network, project, fixedPort, forwardings, router, host }: FloatingIpRow,
): string[] => [
  floatingIp.id,
  floatingIp.description ?? '',
  floatingIp.fixedIpAddress ?? '',
  address,
  network?.name ?? '',
  project,
  fixedPort ? labelPort(topology, fixedPort) : '',
  ...forwardings.map((each) => labelForwarding(topology, each)),
  router?.name ?? '',
  host?.name ?? '',
]
