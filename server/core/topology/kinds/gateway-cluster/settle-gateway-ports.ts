// The port that each member of a gateway cluster has in the external network. By its first address the member speaks with its peers there and is sent what
// is for floating IPs; by a second one, of the pools, it sends what has none (SNAT). It comes with the member and goes with it.

import type { Allocated } from '../../allocate/allocated'
import { findById, put } from '../../find'
import { isInPools, isMemberPort, memberPortsOf } from '../../gateway-clusters'
import { parseIpv4 } from '../../ipv4'
import type { IdSource } from '../../id-source'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import { servicePort } from '../floating-ip/make-floating-port'
import type { Port } from '../port/port'
import { lowestIn, takenIn } from '../subnet/fixed-ip'
import { readPool } from '../subnet/read-pool'
import type { Subnet } from '../subnet/subnet'
import type { GatewayCluster } from './gateway-cluster'
import { uplinkSubnets } from './gateway-peer-rules'
import { poolAddress } from './pool-address'

type FixedIp = Port['fixedIps'][number]

export function settleGatewayPorts(topology: Topology, ids: IdSource): Allocated<Topology> {
  const { gatewayClusters } = topology
  if (gatewayClusters.length === 0 && !topology.ports.some(isMemberPort)) return { ok: true, value: topology }
  const isLost = (port: Port) => isMemberPort(port) && !findById(gatewayClusters, port.deviceId)?.memberHostIds.includes(port.hostId ?? '')
  let next = topology.ports.some(isLost) ? { ...topology, ports: topology.ports.filter((port) => !isLost(port)) } : topology
  for (const cluster of gatewayClusters) {
    for (const hostId of cluster.memberHostIds) {
      const settled = settleMember(next, cluster, hostId, ids)
      if (!settled.ok) return settled
      next = settled.value
    }
  }
  return { ok: true, value: next }
}

function settleMember(topology: Topology, cluster: GatewayCluster, hostId: string, ids: IdSource): Allocated<Topology> {
  const before = memberPortsOf(topology.ports, cluster.id).find((port) => port.hostId === hostId)
  const uplink = chooseUplink(topology, cluster, before, hostId)
  if (!uplink.ok) return uplink
  const snat = chooseSnat(topology, cluster, before)
  if (!snat.ok) return snat
  const fixedIps = [uplink.value, ...snat.value]
  if (before && isSame(before.fixedIps, fixedIps)) return { ok: true, value: topology }
  const owner = { deviceOwner: 'network:gateway_member', deviceId: cluster.id, hostId } as const
  const port = before ? { ...before, fixedIps } : servicePort(topology, cluster.networkId, fixedIps, ids, owner)
  return { ok: true, value: { ...topology, ports: put(topology.ports, port) } }
}

const isSame = (one: readonly FixedIp[], other: readonly FixedIp[]): boolean =>
  one.length === other.length && other.every(({ ipAddress }) => one.some((each) => each.ipAddress === ipAddress))

/** Where a peer is, and no address that a floating IP may be given. The one that it has, while that is so. */
function chooseUplink(topology: Topology, cluster: GatewayCluster, before: Port | undefined, hostId: string): Allocated<FixedIp> {
  const subnets = uplinkSubnets(topology, cluster)
  const kept = before?.fixedIps.find(({ subnetId, ipAddress }) => findById(subnets, subnetId) && !isInPools(cluster, ipAddress))
  if (kept) return { ok: true, value: kept }
  const [free] = subnets.flatMap((subnet) => lowestIn(subnet, subnet.allocationPools, takenBeside(topology, cluster, subnet)) ?? [])
  if (free) return { ok: true, value: free }
  const [host, network] = [findById(topology.hosts, hostId)?.name ?? hostId, findById(topology.networks, cluster.networkId)?.name ?? '']
  const values = { cluster: cluster.name, host, network }
  return { ok: false, violation: conflict('gateway-uplink-exhausted', 'memberHostIds', values, [cluster.name, network]) }
}

/** What ports have there, what the pools hold, and the peers. */
function takenBeside(topology: Topology, { floatingIpPools, peers }: GatewayCluster, { id }: Subnet): ReadonlySet<number> {
  const taken = takenIn(topology, id)
  for (const { first, last } of floatingIpPools.flatMap((pool) => readPool(pool) ?? []))
    for (let address = first; address <= last; address += 1) taken.add(address)
  for (const { address } of peers) taken.add(parseIpv4(address) ?? 0)
  return taken
}

/** None where the cluster has no SNAT. */
function chooseSnat(topology: Topology, cluster: GatewayCluster, before: Port | undefined): Allocated<readonly FixedIp[]> {
  if (!cluster.functions.includes('snat')) return { ok: true, value: [] }
  const kept = before?.fixedIps.find(({ ipAddress }) => isInPools(cluster, ipAddress))
  if (kept) return { ok: true, value: [kept] }
  const free = poolAddress(topology, cluster)
  return free.ok ? { ok: true, value: [free.value] } : free
}
