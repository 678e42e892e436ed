// Fixed addresses for ports that name none: the lowest free address of the subnet's pools.

import { findById } from '../../find'
import { recordsIn } from '../../gateway-clusters'
import { portsOfSubnet } from '../../lookup'
import { makeCidr, parseCidr, parseIpv4, renderIpv4 } from '../../ipv4'
import { readPool } from './read-pool'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { AllocationPool, Subnet } from './subnet'
import { conflict, missing } from '../../violation'
import { type Allocated, lowestFree } from '../../allocate/allocated'

type FixedIp = Port['fixedIps'][number]

/** Addresses of the same port that are already chosen count as taken too. */
export function allocateFixedIp(topology: Topology, subnetId: string, chosen: readonly FixedIp[] = []): Allocated<FixedIp> {
  const subnet = findById(topology.subnets, subnetId)
  if (!subnet) return { ok: false, violation: missing('subnet', 'fixedIps') }
  const taken = takenIn(topology, subnetId, chosen)
  const free = lowestIn(subnet, subnet.allocationPools, taken)
  if (free) return { ok: true, value: free }
  return { ok: false, violation: conflict('addresses-exhausted', 'fixedIps', { subnet: subnet.name, cidr: subnet.cidr }, [subnet.name]) }
}

/** As numbers: what ports have, those in `chosen`, and floating IPs of other clouds. */
export function takenIn(topology: Topology, subnetId: string, chosen: readonly FixedIp[] = []): Set<number> {
  const fixedIps = [...portsOfSubnet(topology.ports, subnetId).flatMap((port) => port.fixedIps), ...chosen]
  const here = fixedIps.flatMap((fixedIp) => (fixedIp.subnetId === subnetId ? [fixedIp.ipAddress] : []))
  const abroad = recordsIn(topology, findById(topology.subnets, subnetId)?.networkId).map(({ floatingIp }) => floatingIp)
  return new Set([...here, ...abroad].flatMap((address) => parseIpv4(address) ?? []))
}

/** The lowest of these pools, which are the subnet's or within it. */
export function lowestIn({ id }: Subnet, pools: readonly AllocationPool[], taken: ReadonlySet<number>): FixedIp | null {
  const ranges = pools.flatMap((pool) => readPool(pool) ?? []).sort((a, b) => a.first - b.first)
  for (const { first, last } of ranges) {
    const free = lowestFree(first, last, taken)
    if (free !== null) return { subnetId: id, ipAddress: renderIpv4(free) }
  }
  return null
}

/** Neutron's default: everything usable but the gateway. [] for a CIDR that the rules refuse anyway. */
export function defaultPools(cidrText: string, gatewayIp: string | null): AllocationPool[] {
  const cidr = parseCidr(cidrText)
  if (!cidr) return []
  const { first, last } = makeCidr(cidr.network, cidr.prefixLength).usable
  const gateway = gatewayIp === null ? null : parseIpv4(gatewayIp)
  if (gateway === null || gateway < first || gateway > last) return [renderPool(first, last)]
  return [...(gateway > first ? [renderPool(first, gateway - 1)] : []), ...(gateway < last ? [renderPool(gateway + 1, last)] : [])]
}

/** network + 1; null where a CIDR is not valid. */
export function defaultGateway(cidrText: string): string | null {
  const cidr = parseCidr(cidrText)
  return cidr && renderIpv4(cidr.usable.first)
}

const renderPool = (first: number, last: number): AllocationPool => ({ start: renderIpv4(first), end: renderIpv4(last) })
