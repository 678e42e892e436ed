// Rules of a router that leads out by a gateway cluster (docs/reference/cloud-gateway.md).

import { findById } from '../../find'
import { floatingIpsOf } from '../../floating-ips'
import { checkServes } from '../gateway-cluster/gateway-use-rules'
import { forwardingsOf } from '../../port-forwardings'
import { interfacesOf } from '../../router-ports'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { labelForwarding } from '../port-forwarding/port-forwarding-label'
import type { Router } from './router'

export function checkRouterCluster(topology: Topology, router: Router): Violation[] {
  const { floatingIpMode, gatewayClusterId } = router
  const field = 'gatewayClusterId'
  if (floatingIpMode !== 'gateway') return gatewayClusterId === undefined ? [] : [invalid('router-cluster-mode', field, {})]
  if (gatewayClusterId === undefined) return [invalid('router-cluster-required', field, {})]
  const cluster = findById(topology.gatewayClusters, gatewayClusterId)
  if (!cluster) return [missing('gatewayCluster', field)]
  const { gateway } = router
  if (gateway && gateway.networkId !== cluster.networkId) {
    const network = findById(topology.networks, cluster.networkId)?.name ?? cluster.networkId
    return [conflict('router-cluster-network', field, { router: router.name, cluster: cluster.name, network }, [cluster.name, network])]
  }
  return [
    ...checkTunnelled(topology, router, field),
    ...checkForwardsNothing(topology, router, field),
    ...checkServes(topology, cluster, router, floatingIpsOf(topology.floatingIps, router.id), field),
  ]
}

/** It translates addresses, and no single ports. */
function checkForwardsNothing(topology: Topology, { id, name }: Router, field: string): Violation[] {
  const forwardings = floatingIpsOf(topology.floatingIps, id)
    .flatMap((floatingIp) => forwardingsOf(topology.portForwardings, floatingIp.id))
    .map((each) => labelForwarding(topology, each))
  return forwardings.length === 0 ? [] : [conflict('router-cluster-forwardings', field, { router: name, forwardings }, forwardings)]
}

/** The cluster tells networks by their VNI. */
export function checkTunnelled({ ports, networks }: Topology, router: Router, field: string): Violation[] {
  if (router.floatingIpMode !== 'gateway') return []
  const network = interfacesOf(ports, router.id)
    .flatMap(({ networkId }) => findById(networks, networkId) ?? [])
    .find(({ type }) => type !== 'vxlan')
  if (!network) return []
  return [conflict('router-cluster-vxlan', field, { router: router.name, network: network.name }, [network.name])]
}
