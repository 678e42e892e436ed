// Gateway clusters as rows of their table, those that the filter leaves; and the members, pools and users of one. Pure.

import { type TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { compareNames } from '@/components/ui/compare-naturally'
import { floatingIpsOf } from '@/server/core/topology/floating-ips'
import { isInPools, isPoolIn, memberPortsOf, routersOfCluster } from '@/server/core/topology/gateway-clusters'
import { isInRange, parseIpv4 } from '@/server/core/topology/ipv4'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Router } from '@/server/core/topology/kinds/router/router'
import { readPool } from '@/server/core/topology/kinds/subnet/read-pool'
import type { AllocationPool, Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { ObjectOf } from '@/server/core/topology/topology'

type Cluster = ObjectOf['gatewayCluster']

export interface GatewayRow {
  readonly cluster: Cluster
  readonly network: Network | undefined
  readonly members: readonly Host[]
  readonly routers: number
  readonly floatingIps: number
  readonly addresses: Usage
}

/** Addresses of pools, and how many are taken. */
interface Usage {
  readonly size: number
  readonly used: number
}

export function gatewayRows(index: TopologyIndex, filter: string): readonly GatewayRow[] {
  return index.topology.gatewayClusters
    .map((cluster) => gatewayRow(index, cluster))
    .filter((row) => matches(filter, wordsOf(row)))
    .toSorted((a, b) => compareNames(a.cluster.name, b.cluster.name))
}

function gatewayRow(index: TopologyIndex, cluster: Cluster): GatewayRow {
  const pools = poolRows(index, cluster)
  return {
    cluster,
    network: index.network(cluster.networkId),
    members: membersOf(index, cluster),
    routers: routersOfCluster(index.topology.routers, cluster.id).length,
    floatingIps: clusterFloatingIps(index, cluster).length,
    addresses: {
      size: pools.reduce((sum, { size }) => sum + size, 0),
      used: pools.reduce((sum, { size, free }) => sum + size - free, 0),
    },
  }
}

const wordsOf = ({ cluster, network, members }: GatewayRow): readonly string[] => [
  cluster.id,
  cluster.name,
  cluster.description ?? '',
  cluster.vip,
  cluster.cloudId,
  network?.name ?? '',
  ...members.map(({ name }) => name),
  ...cluster.peers.map(({ address }) => address),
  ...cluster.floatingIpPools.flatMap(({ start, end }) => [start, end]),
]

/** By name. */
const membersOf = (index: TopologyIndex, { memberHostIds }: Cluster): readonly Host[] =>
  memberHostIds.flatMap((id) => index.host(id) ?? []).toSorted((a, b) => compareNames(a.name, b.name))

const clusterFloatingIps = ({ topology }: TopologyIndex, { id }: Cluster) =>
  routersOfCluster(topology.routers, id).flatMap((router) => floatingIpsOf(topology.floatingIps, router.id))

export interface MemberRow {
  readonly host: Host
  readonly port: Port | undefined
  /** By which it speaks with its peers in the external network. */
  readonly uplink: string | null
  /** What leaves without a floating IP. */
  readonly snat: string | null
}

export function memberRows(index: TopologyIndex, cluster: Cluster): readonly MemberRow[] {
  const ports = memberPortsOf(index.topology.ports, cluster.id)
  return membersOf(index, cluster).map((host) => {
    const port = ports.find(({ hostId }) => hostId === host.id)
    const addresses = port?.fixedIps.map(({ ipAddress }) => ipAddress) ?? []
    const find = (isOfPools: boolean) => addresses.find((address) => isInPools(cluster, address) === isOfPools) ?? null
    return { host, port, uplink: find(false), snat: find(true) }
  })
}

export interface PoolRow {
  readonly pool: AllocationPool
  readonly subnet: Subnet | undefined
  readonly size: number
  readonly floatingIps: number
  /** Of members, for SNAT. */
  readonly members: number
  /** Of other clouds, by records that were imported. */
  readonly elsewhere: number
  /** Of whatever else has one. */
  readonly others: number
  readonly free: number
}

export function poolRows(index: TopologyIndex, cluster: Cluster): readonly PoolRow[] {
  const { ports, subnets } = index.topology
  const taken = ports
    .filter(({ networkId }) => networkId === cluster.networkId)
    .flatMap(({ deviceOwner, fixedIps }) => fixedIps.map(({ ipAddress }) => ({ deviceOwner, address: parseIpv4(ipAddress) ?? -1 })))
  return cluster.floatingIpPools.map((pool) => {
    const range = readPool(pool) ?? { first: 0, last: -1 }
    const inside = taken.filter(({ address }) => isInRange(range, address))
    const count = (owner: Port['deviceOwner']) => inside.filter(({ deviceOwner }) => deviceOwner === owner).length
    const [floatingIps, members] = [count('network:floatingip'), count('network:gateway_member')]
    const elsewhere = cluster.importedRecords.filter(({ floatingIp }) => isInRange(range, parseIpv4(floatingIp) ?? -1)).length
    const size = range.last - range.first + 1
    return {
      pool,
      subnet: subnets.find((subnet) => subnet.networkId === cluster.networkId && isPoolIn(pool, subnet)),
      size,
      floatingIps,
      members,
      elsewhere,
      others: inside.length - floatingIps - members,
      free: size - inside.length - elsewhere,
    }
  })
}

export interface UserRow {
  readonly router: Router
  readonly project: string
  readonly floatingIps: number
}

/** Routers that lead out by it, by name. */
export const userRows = (index: TopologyIndex, { id }: Cluster): readonly UserRow[] =>
  routersOfCluster(index.topology.routers, id)
    .map((router) => ({
      router,
      project: index.project(router.projectId)?.name ?? '',
      floatingIps: floatingIpsOf(index.topology.floatingIps, router.id).length,
    }))
    .toSorted((a, b) => compareNames(a.router.name, b.router.name))
