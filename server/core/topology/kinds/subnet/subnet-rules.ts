// Rules of subnets (docs/reference/design-rules.md): the CIDR, its gateway, pools and name servers.

import { findById, isOther } from '../../find'
import { isFloatingPort } from '../../floating-ips'
import { isMemberPort } from '../../gateway-clusters'
import { dhcpPortsOf, portsOfSubnet, portsWithAddress, subnetsOfNetwork } from '../../lookup'
import {
  type Cidr,
  doCidrsOverlap,
  doRangesOverlap,
  isInCidr,
  isInRange,
  isLoopback,
  isMulticast,
  isUnicast,
  isUsable,
  isZeroBased,
  parseCidr,
  parseIpv4,
  suggestCidr,
} from '../../ipv4'
import { isCentralPort, isGatewayPort, isInterfacePort, isRouterPort, isSelectorPort } from '../../router-ports'
import type { Topology } from '../../topology'
import type { DesignObject } from '../kind'
import type { Port } from '../port/port'
import { labelPort } from '../port/port-label'
import { checkSubnetOfClusters, clustersIn } from '../gateway-cluster/gateway-cluster-rules'
import { checkGatewayAddress } from '../router/router-rules'
import { readPool } from './read-pool'
import type { AllocationPool, Subnet } from './subnet'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkName } from '../../rules/names'
import { isUserPort, labelsOf, namesOf, refuse } from '../../rules/removal-rules'

const MAX_DNS_NAMESERVERS = 5
/** A DHCP server, a client and the two reserved addresses need four. */
const MAX_DHCP_PREFIX = 30

export function checkSubnet(topology: Topology, subnet: Subnet): Violation[] {
  return [
    ...checkName(subnet.name),
    ...(findById(topology.networks, subnet.networkId) ? [] : [missing('network', 'networkId')]),
    ...checkDnsNameservers(subnet.dnsNameservers),
    ...checkAddressing(topology, subnet),
  ]
}

function checkAddressing(topology: Topology, subnet: Subnet): Violation[] {
  const cidr = parseCidr(subnet.cidr)
  const unusable = checkCidr(subnet.cidr)
  if (!cidr || unusable.length > 0) return unusable
  return [
    ...checkOverlap(topology, subnet, cidr),
    ...(subnet.isDhcpEnabled ? checkDhcpRange(cidr) : []),
    ...checkGateway(subnet.gatewayIp, cidr),
    ...checkPools(subnet, cidr),
    ...checkGatewayOfRouters(topology, subnet),
    ...checkGatewayFree(topology, subnet),
    ...checkSubnetOfClusters(topology, subnet),
  ]
}

export function checkCidr(text: string): Violation[] {
  const cidr = parseCidr(text)
  if (!cidr) return [wrongCidr(text)]
  return cidr.prefixLength === 0 ? [invalid('cidr-not-everything', 'cidr', {})] : []
}

function wrongCidr(text: string): Violation {
  const suggestion = suggestCidr(text)
  if (suggestion) return invalid('cidr-canonical', 'cidr', { given: text, subnet: suggestion })
  if (text.includes(':')) return invalid('ipv4-only', 'cidr', {})
  return invalid('cidr-form', 'cidr', {})
}

function checkOverlap({ subnets }: Topology, subnet: Subnet, cidr: Cidr): Violation[] {
  const other = subnetsOfNetwork(subnets, subnet.networkId)
    .filter(isOther(subnet))
    .find((each) => {
      const otherCidr = parseCidr(each.cidr)
      return otherCidr !== null && doCidrsOverlap(cidr, otherCidr)
    })
  if (!other) return []
  return [conflict('cidr-overlap', 'cidr', { cidr: subnet.cidr, other: other.cidr, subnet: other.name }, [other.name])]
}

function checkDhcpRange(cidr: Cidr): Violation[] {
  if (cidr.prefixLength > MAX_DHCP_PREFIX) return [invalid('dhcp-prefix', 'cidr', { most: MAX_DHCP_PREFIX })]
  if (!isMulticast(cidr.network) && !isLoopback(cidr.network) && !isZeroBased(cidr.network)) return []
  return [invalid('dhcp-unicast', 'cidr', {})]
}

/** May lie outside the subnet; inside it may not be the network's or the broadcast address. */
function checkGateway(gatewayIp: string | null, cidr: Cidr): Violation[] {
  if (gatewayIp === null) return []
  const gateway = parseIpv4(gatewayIp)
  if (gateway === null) return [invalid('address-form', 'gatewayIp', { of: 'gateway' })]
  if (!isInCidr(cidr, gateway)) return isUnicast(gateway) ? [] : [invalid('gateway-unicast', 'gatewayIp', { gateway: gatewayIp })]
  if (isUsable(cidr, gateway)) return []
  return [invalid('gateway-usable', 'gatewayIp', { gateway: gatewayIp })]
}

/** A router has it as its own, or sends to it what leaves. */
function checkGatewayOfRouters(topology: Topology, subnet: Subnet): Violation[] {
  const { id: subnetId, gatewayIp } = subnet
  const former = findById(topology.subnets, subnetId)?.gatewayIp ?? null
  if (former === gatewayIp) return []
  const routerPortWith = (ipAddress: string | null) =>
    ipAddress === null ? undefined : portsWithAddress(topology.ports, { subnetId, ipAddress }).find(isRouterPort)
  const holder = routerPortWith(former)
  if (holder && former !== null && isInterfacePort(holder)) {
    const port = labelPort(topology, holder)
    return [conflict('subnet-gateway-in-use', 'gatewayIp', { subnet: subnet.name, gateway: former, port }, [port])]
  }
  const leadsOut = routerPortWith(gatewayIp)
  return gatewayIp !== null && leadsOut && isGatewayPort(leadsOut) ? checkGatewayAddress(subnet, gatewayIp, 'gatewayIp') : []
}

/** What answers for a floating IP, or for the central part of a router, would answer for the next router. */
function checkGatewayFree(topology: Topology, { id: subnetId, gatewayIp: address }: Subnet): Violation[] {
  const holder = address === null ? null : portsWithAddress(topology.ports, { subnetId, ipAddress: address }).find(isNobodysGateway)
  if (!holder || address === null) return []
  const port = labelPort(topology, holder)
  return [conflict('address-unique', 'gatewayIp', { address, port }, [port])]
}

const isNobodysGateway = (port: Port): boolean => isFloatingPort(port) || isCentralPort(port) || isSelectorPort(port) || isMemberPort(port)

function checkPools({ allocationPools, gatewayIp, cidr: text }: Subnet, cidr: Cidr): Violation[] {
  const gateway = gatewayIp === null ? null : parseIpv4(gatewayIp)
  return allocationPools.flatMap((pool, index) => {
    const field = `allocationPools.${index}`
    const range = readPool(pool)
    if (!range) return [invalid('address-form', field, { of: 'pool' })]
    if (range.first > range.last) return [invalid('pool-order', field, { pool })]
    if (range.first < cidr.usable.first || range.last > cidr.usable.last) return [invalid('pool-in-subnet', field, { pool, cidr: text })]
    if (gateway !== null && isInRange(range, gateway)) return [invalid('gateway-not-in-pool', field, { gateway: gatewayIp, pool })]
    const earlier = allocationPools.slice(0, index).find((other) => doPoolsOverlap(other, pool))
    return earlier ? [invalid('pool-overlap', field, { earlier, pool })] : []
  })
}

function doPoolsOverlap(a: AllocationPool, b: AllocationPool): boolean {
  const [left, right] = [readPool(a), readPool(b)]
  return left !== null && right !== null && doRangesOverlap(left, right)
}

export function checkDnsNameservers(servers: readonly string[]): Violation[] {
  if (servers.length > MAX_DNS_NAMESERVERS)
    return [invalid('dns-count', 'dnsNameservers', { most: MAX_DNS_NAMESERVERS, count: servers.length })]
  return servers.flatMap((server, index) => {
    const field = `dnsNameservers.${index}`
    if (parseIpv4(server) === null) return [invalid('address-form', field, { of: 'name-server' })]
    return servers.indexOf(server) < index ? [invalid('dns-unique', field, { server })] : []
  })
}

export function checkSubnetRemoval(topology: Topology, subnet: Subnet): Violation[] {
  const users = labelsOf(topology, portsOfSubnet(topology.ports, subnet.id).filter(isUserPort))
  const clusters = namesOf(clustersIn(topology, subnet))
  return [
    ...refuse('subnet-without-ports', users, { subnet: subnet.name, users }),
    ...refuse('subnet-without-pools', clusters, { subnet: subnet.name, clusters }),
  ]
}

/** The DHCP port of its network, where no other subnet has DHCP. */
export function takenBySubnet({ subnets, ports }: Topology, subnet: Subnet): DesignObject[] {
  const others = subnetsOfNetwork(subnets, subnet.networkId).filter(isOther(subnet))
  return others.some(({ isDhcpEnabled }) => isDhcpEnabled)
    ? []
    : dhcpPortsOf(ports, subnet.networkId).map((item) => ({ kind: 'port' as const, item }))
}
