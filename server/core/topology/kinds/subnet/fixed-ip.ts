// Fixed addresses for ports that name none: the lowest free address of the subnet's pools.

import { findById } from '../../find'
import { portsOfSubnet } from '../../lookup'
import { makeCidr, parseCidr, parseIpv4, renderIpv4, type AddressRange } from '../../ipv4'
import { readPool } from './subnet-rules'
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
  const fixedIps = [...portsOfSubnet(topology.ports, subnetId).flatMap((port) => port.fixedIps), ...chosen]
  const taken = new Set(fixedIps.flatMap((fixedIp) => (fixedIp.subnetId === subnetId ? (parseIpv4(fixedIp.ipAddress) ?? []) : [])))
  for (const range of sortedPools(subnet)) {
    const free = lowestFree(range.first, range.last, taken)
    if (free !== null) return { ok: true, value: { subnetId, ipAddress: renderIpv4(free) } }
  }
  return { ok: false, violation: conflict('addresses-exhausted', 'fixedIps', { subnet: subnet.name, cidr: subnet.cidr }, [subnet.name]) }
}

const sortedPools = (subnet: Subnet): AddressRange[] =>
  subnet.allocationPools.flatMap((pool) => readPool(pool) ?? []).sort((a, b) => a.first - b.first)

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
