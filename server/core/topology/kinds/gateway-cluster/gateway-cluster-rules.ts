// Rules of gateway clusters (docs/reference/cloud-gateway.md): members, the VIP, and who uses them. Those of peers, pools and records stand beside.

import { traitsOf } from '../../../agents/agent-traits'
import { findById, isOther, othersThan, put } from '../../find'
import { isPoolIn, routersOfCluster } from '../../gateway-clusters'
import { isInCidr, isUnicast, makeCidr, parseCidr, parseIpv4 } from '../../ipv4'
import { checkBinding } from '../../rules/binding-rules'
import { checkName, checkNameFree } from '../../rules/names'
import { namesOf, refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import type { Host, Tunnel } from '../host/host'
import type { Subnet } from '../subnet/subnet'
import type { GatewayCluster } from './gateway-cluster'
import { checkLocalAs, checkPeers, hasPeerBeside, isPeerIn } from './gateway-peer-rules'
import { checkFloatingIpPools } from './gateway-pool-rules'
import { checkImportedRecords } from './gateway-record-rules'
import { checkUse } from './gateway-use-rules'

export function checkGatewayCluster(topology: Topology, cluster: GatewayCluster): Violation[] {
  return [
    ...checkName(cluster.name),
    ...checkNameFree('gatewayCluster', topology.gatewayClusters, cluster),
    ...checkName(cluster.cloudId, { field: 'cloudId' }),
    ...checkNetwork(topology, cluster),
    ...(cluster.functions.length === 0 ? [invalid('gateway-functions-none', 'functions', {})] : []),
    ...checkLocalAs(cluster.localAs),
    ...checkVip(topology, cluster),
    ...checkMembers(topology, cluster),
    ...checkPeers(topology, cluster),
    ...checkFloatingIpPools(topology, cluster),
    ...checkUse(topology, cluster),
    ...checkImportedRecords(topology, cluster),
  ]
}

function checkNetwork({ networks }: Topology, { networkId }: GatewayCluster): Violation[] {
  const network = findById(networks, networkId)
  if (!network) return [missing('network', 'networkId')]
  return network.isExternal ? [] : [conflict('gateway-network-external', 'networkId', { network: network.name }, [network.name])]
}

function checkVip(topology: Topology, cluster: GatewayCluster): Violation[] {
  const { vip } = cluster
  const value = parseIpv4(vip)
  if (value === null) return [invalid('address-form', 'vip', { of: 'vip' })]
  if (!isUnicast(value)) return [invalid('gateway-vip-usable', 'vip', { vip })]
  const other = topology.gatewayClusters.find((each) => isOther(cluster)(each) && each.vip === vip)
  if (other) return [conflict('gateway-vip-unique', 'vip', { vip, cluster: other.name }, [other.name])]
  return [
    ...topology.subnets.flatMap((subnet) => checkVipOutside(topology, cluster, subnet, 'vip')).slice(0, 1),
    ...topology.hosts.flatMap((host) => (host.tunnel ? checkVipBeyond(cluster, host, host.tunnel, 'vip') : [])).slice(0, 1),
  ]
}

function checkVipOutside({ networks }: Topology, { vip }: GatewayCluster, subnet: Subnet, field: string): Violation[] {
  const [value, cidr] = [parseIpv4(vip), parseCidr(subnet.cidr)]
  if (value === null || cidr === null || !isInCidr(cidr, value)) return []
  const network = findById(networks, subnet.networkId)?.name ?? subnet.networkId
  return [conflict('gateway-vip-subnet', field, { vip, subnet: subnet.name, network, cidr: subnet.cidr }, [subnet.name])]
}

function checkVipBeyond({ vip }: GatewayCluster, host: Host, { address, prefixLength }: Tunnel, field: string): Violation[] {
  const [value, own] = [parseIpv4(vip), parseIpv4(address)]
  if (value === null || own === null || !isInCidr(makeCidr(own, prefixLength), value)) return []
  return [conflict('gateway-vip-underlay', field, { vip, host: host.name, cidr: `${address}/${prefixLength}` }, [host.name])]
}

function checkMembers(topology: Topology, cluster: GatewayCluster): Violation[] {
  const { memberHostIds } = cluster
  if (memberHostIds.length === 0) return [invalid('gateway-members-none', 'memberHostIds', {})]
  return memberHostIds.flatMap((id, index) => {
    const field = `memberHostIds.${index}`
    const host = findById(topology.hosts, id)
    if (!host) return [missing('host', field)]
    if (memberHostIds.indexOf(id) < index) return [invalid('gateway-member-unique', field, { host: host.name })]
    return checkMember(topology, cluster, host, field)
  })
}

function checkMember(topology: Topology, cluster: GatewayCluster, host: Host, field: string): Violation[] {
  const names = { host: host.name }
  const other = othersThan(topology.gatewayClusters, cluster).find(({ memberHostIds }) => memberHostIds.includes(host.id))
  if (other) return [conflict('gateway-member-taken', field, { ...names, cluster: other.name }, [host.name, other.name])]
  if (!host.roles.includes('gateway')) return [conflict('gateway-member-role', field, names, [host.name])]
  if (!traitsOf(host).canDistributeRouters) return [conflict('gateway-member-agent', field, names, [host.name])]
  if (!host.tunnel) return [conflict('gateway-member-tunnel', field, names, [host.name])]
  const carries = checkBinding(topology, cluster.networkId, host.id, field)
  if (carries.length > 0 || hasPeerBeside(cluster, host.tunnel)) return carries
  const tunnel = `${host.tunnel.address}/${host.tunnel.prefixLength}`
  return [conflict('gateway-member-peer', field, { ...names, tunnel }, [host.name])]
}

/** Of a host that is changed: members stay what they are, and no VIP comes to lie next door. */
export function checkHostOfClusters(topology: Topology, host: Host): Violation[] {
  const { tunnel } = host
  return topology.gatewayClusters.flatMap((cluster) => [
    ...(tunnel ? checkVipBeyond(cluster, host, tunnel, 'tunnel.address') : []),
    ...(cluster.memberHostIds.includes(host.id) ? checkMember(topology, cluster, host, 'roles') : []).map(atHostField),
    ...(cluster.memberHostIds.includes(host.id)
      ? checkPeers(topology, cluster).map((violation) => ({ ...violation, field: 'tunnel' }))
      : []),
  ])
}

function atHostField(violation: Violation): Violation {
  if (violation.rule === 'gateway-member-tunnel' || violation.rule === 'gateway-member-peer') return { ...violation, field: 'tunnel' }
  return violation.rule === 'physical-network-mapped' ? { ...violation, field: 'bridgeMappings' } : violation
}

/** Of a subnet that is made or changed: no VIP comes to be in it, and pools of its network stay what they are. */
export function checkSubnetOfClusters(topology: Topology, subnet: Subnet): Violation[] {
  const next = { ...topology, subnets: put(topology.subnets, subnet) }
  return topology.gatewayClusters.flatMap((cluster) => [
    ...checkVipOutside(topology, cluster, subnet, 'cidr'),
    ...(cluster.networkId === subnet.networkId ? checkFloatingIpPools(next, cluster) : []).map((violation) => ({
      ...violation,
      field: 'allocationPools',
    })),
  ])
}

/** With pools or peers in the subnet. */
export const clustersIn = ({ gatewayClusters }: Topology, subnet: Subnet): readonly GatewayCluster[] =>
  gatewayClusters.filter(
    ({ networkId, floatingIpPools, peers }) =>
      networkId === subnet.networkId &&
      (floatingIpPools.some((pool) => isPoolIn(pool, subnet)) || peers.some((peer) => isPeerIn(peer, subnet))),
  )

export function checkGatewayClusterRemoval({ routers }: Topology, { id, name }: GatewayCluster): Violation[] {
  const users = namesOf(routersOfCluster(routers, id))
  return refuse('gateway-cluster-in-use', users, { cluster: name, routers: users })
}
