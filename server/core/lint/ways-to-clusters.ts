// Hosts that send to a gateway cluster and know no router of the underlay. A VIP is never next door, so unless routes that are not the console's lead there, what
// VMs send out goes nowhere, and the flows look right.

import { findById } from '../topology/find'
import { needsSelectors } from '../topology/gateway-clusters'
import { presenceOf } from '../topology/presence'
import { interfacesOf } from '../topology/router-ports'
import type { Topology } from '../topology/topology'
import type { LintFinding } from './lint-params'

export function checkWaysToClusters(topology: Topology): LintFinding[] {
  const { hostsWith } = presenceOf(topology)
  const found = topology.routers.filter(needsSelectors).flatMap((router) => {
    const cluster = findById(topology.gatewayClusters, router.gatewayClusterId)
    const hosts = interfacesOf(topology.ports, router.id).flatMap(hostsWith)
    return cluster ? hosts.filter(({ tunnel }) => tunnel?.gatewayIp === undefined).map((host) => ({ host, cluster })) : []
  })
  const once = new Map(found.map((each) => [`${each.host.id} ${each.cluster.id}`, each]))
  return [...once.values()].map(({ host, cluster }) => ({
    code: 'underlay-without-router',
    severity: 'warning',
    subject: { kind: 'host', id: host.id, name: host.name },
    params: { cluster: cluster.name, vip: cluster.vip },
  }))
}
