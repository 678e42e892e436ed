// Rules of subnets (reference §17): the CIDR, its gateway, pools and name servers.

import { findById, othersThan, quoted } from '../find'
import {
  type Cidr, doCidrsOverlap, doRangesOverlap, isInCidr, isInRange, isLoopback, isMulticast, isUnicast, isUsable, isZeroBased, parseCidr,
  parseIpv4, suggestCidr,
} from '../ipv4'
import type { AllocationPool, Subnet, Topology } from '../topology'
import { conflict, invalid, missing, type Violation } from '../violation'
import { checkName } from './names'

export const MAX_DNS_NAMESERVERS = 5
/** A DHCP server, a client and the two reserved addresses need four. */
export const MAX_DHCP_PREFIX = 30

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
  if (!cidr) return [explainCidr(subnet.cidr)]
  if (cidr.prefixLength === 0) return [invalid('cidr-not-everything', 'cidr', 'A subnet of /0 would be all addresses there are.')]
  return [
    ...checkOverlap(topology, subnet, cidr),
    ...(subnet.isDhcpEnabled ? checkDhcpRange(cidr) : []),
    ...checkGateway(subnet.gatewayIp, cidr),
    ...checkPools(subnet, cidr),
  ]
}

function explainCidr(text: string): Violation {
  const suggestion = suggestCidr(text)
  if (suggestion) return invalid('cidr-canonical', 'cidr', `${text} is an address in a subnet; the subnet is ${suggestion}.`)
  if (text.includes(':')) return invalid('ipv4-only', 'cidr', 'IPv6 subnets are not supported yet; give an IPv4 subnet such as 10.0.0.0/24.')
  return invalid('cidr-form', 'cidr', 'A subnet is written like 10.0.0.0/24.')
}

function checkOverlap({ subnets }: Topology, subnet: Subnet, cidr: Cidr): Violation[] {
  const other = othersThan(subnets, subnet).find((each) => {
    const otherCidr = each.networkId === subnet.networkId ? parseCidr(each.cidr) : null
    return otherCidr !== null && doCidrsOverlap(cidr, otherCidr)
  })
  if (!other) return []
  return [conflict('cidr-overlap', 'cidr', `${subnet.cidr} overlaps ${other.cidr} of subnet ${quoted(other.name)} in the same network.`, [other.name])]
}

function checkDhcpRange(cidr: Cidr): Violation[] {
  if (cidr.prefixLength > MAX_DHCP_PREFIX) {
    return [invalid('dhcp-prefix', 'cidr', `DHCP needs a subnet of /${MAX_DHCP_PREFIX} or larger; turn DHCP off or give more addresses.`)]
  }
  if (!isMulticast(cidr.network) && !isLoopback(cidr.network) && !isZeroBased(cidr.network)) return []
  return [invalid('dhcp-unicast', 'cidr', 'DHCP is not possible with multicast (224.0.0.0/4), loopback (127.0.0.0/8) or 0.0.0.0/8 addresses.')]
}

/** May lie outside the subnet; inside it may not be the network's or the broadcast address. */
function checkGateway(gatewayIp: string | null, cidr: Cidr): Violation[] {
  if (gatewayIp === null) return []
  const gateway = parseIpv4(gatewayIp)
  if (gateway === null) return [invalid('address-form', 'gatewayIp', 'The gateway is an IPv4 address such as 10.0.0.1.')]
  if (!isInCidr(cidr, gateway)) return isUnicast(gateway) ? [] : [invalid('gateway-unicast', 'gatewayIp', `${gatewayIp} is not an address that a gateway can have.`)]
  if (isUsable(cidr, gateway)) return []
  return [invalid('gateway-usable', 'gatewayIp', `${gatewayIp} is the network's own or its broadcast address; the gateway needs another one.`)]
}

function checkPools({ allocationPools, gatewayIp, cidr: text }: Subnet, cidr: Cidr): Violation[] {
  const gateway = gatewayIp === null ? null : parseIpv4(gatewayIp)
  return allocationPools.flatMap((pool, index) => {
    const field = `allocationPools.${index}`
    const range = readPool(pool)
    if (!range) return [invalid('address-form', field, 'A pool has two IPv4 addresses, for example 10.0.0.10 and 10.0.0.99.')]
    const shown = `${pool.start}–${pool.end}`
    if (range.first > range.last) return [invalid('pool-order', field, `The pool ${shown} runs backwards.`)]
    if (range.first < cidr.usable.first || range.last > cidr.usable.last) {
      return [invalid('pool-in-subnet', field, `The pool ${shown} leaves the usable addresses of ${text}.`)]
    }
    if (gateway !== null && isInRange(range, gateway)) {
      return [invalid('gateway-not-in-pool', field, `The gateway ${gatewayIp} is inside the pool ${shown}.`)]
    }
    const earlier = allocationPools.slice(0, index).find((other) => doPoolsOverlap(other, pool))
    return earlier ? [invalid('pool-overlap', field, `The pools ${earlier.start}–${earlier.end} and ${shown} overlap.`)] : []
  })
}

export function readPool(pool: AllocationPool): { readonly first: number; readonly last: number } | null {
  const [first, last] = [parseIpv4(pool.start), parseIpv4(pool.end)]
  return first === null || last === null ? null : { first, last }
}

export function doPoolsOverlap(a: AllocationPool, b: AllocationPool): boolean {
  const [left, right] = [readPool(a), readPool(b)]
  return left !== null && right !== null && doRangesOverlap(left, right)
}

function checkDnsNameservers(servers: readonly string[]): Violation[] {
  if (servers.length > MAX_DNS_NAMESERVERS) {
    return [invalid('dns-count', 'dnsNameservers', `A subnet has at most ${MAX_DNS_NAMESERVERS} name servers; these are ${servers.length}.`)]
  }
  return servers.flatMap((server, index) => {
    const field = `dnsNameservers.${index}`
    if (parseIpv4(server) === null) return [invalid('address-form', field, 'A name server is an IPv4 address such as 9.9.9.9.')]
    return servers.indexOf(server) < index ? [invalid('dns-unique', field, `The name server ${server} is listed twice.`)] : []
  })
}
