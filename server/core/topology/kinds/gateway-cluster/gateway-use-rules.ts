// What a gateway cluster does for a router that leads out by it: translate floating IPs of its pools, and what has none. Asked by whoever may change one of
// the three: router, floating IP, cluster.

import { isInPools, routersOfCluster } from '../../gateway-clusters'
import { floatingIpsOf } from '../../floating-ips'
import type { Topology } from '../../topology'
import { conflict, type Violation } from '../../violation'
import type { FloatingIp } from '../floating-ip/floating-ip'
import { floatingAddress, labelFloatingIp } from '../floating-ip/floating-ip-label'
import type { Router } from '../router/router'
import type { GatewayCluster } from './gateway-cluster'

/** `field` is the one by which they have come together. */
export function checkServes(
  topology: Topology,
  cluster: GatewayCluster,
  router: Router,
  floatingIps: readonly FloatingIp[],
  field: string,
): Violation[] {
  const names = { cluster: cluster.name, router: router.name }
  const labels = floatingIps.map((each) => labelFloatingIp(topology, each))
  if (labels.length > 0 && !cluster.functions.includes('floating-ip'))
    return [conflict('gateway-floating-ips-not-offered', field, { ...names, floatingIps: labels }, [cluster.name, ...labels])]
  if (router.gateway?.isSnatEnabled && !cluster.functions.includes('snat'))
    return [conflict('gateway-snat-not-offered', field, names, [cluster.name, router.name])]
  const outside = floatingIps
    .filter((each) => !isInPools(cluster, floatingAddress(topology, each) ?? ''))
    .map((each) => labelFloatingIp(topology, each))
  return outside.length === 0 ? [] : [conflict('gateway-floating-ips-outside', field, { ...names, floatingIps: outside }, outside)]
}

/** All routers that use the cluster. */
export const checkUse = (topology: Topology, cluster: GatewayCluster): Violation[] =>
  routersOfCluster(topology.routers, cluster.id).flatMap((router) => {
    const found = checkServes(topology, cluster, router, floatingIpsOf(topology.floatingIps, router.id), 'functions')
    return found.map((violation) =>
      violation.rule === 'gateway-floating-ips-outside' ? { ...violation, field: 'floatingIpPools' } : violation,
    )
  })
