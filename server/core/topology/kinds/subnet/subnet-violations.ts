// The rules of a subnet, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'
import type { AllocationPool } from './subnet'

export interface SubnetRules {
  'cidr-not-everything': {}
  'cidr-canonical': { given: string; subnet: string }
  'ipv4-only': {}
  'cidr-form': {}
  'cidr-overlap': { cidr: string; other: string; subnet: string }
  'dhcp-prefix': { most: number }
  'dhcp-unicast': {}
  'gateway-unicast': { gateway: string }
  'gateway-usable': { gateway: string }
  'gateway-not-in-pool': { gateway: string | null; pool: AllocationPool }
  'subnet-gateway-in-use': { subnet: string; gateway: string; port: string }
  'pool-order': { pool: AllocationPool }
  'pool-in-subnet': { pool: AllocationPool; cidr: string }
  'pool-overlap': { earlier: AllocationPool; pool: AllocationPool }
  'dns-count': { most: number; count: number }
  'dns-unique': { server: string }
  'addresses-exhausted': { subnet: string; cidr: string }
  'subnet-without-ports': { subnet: string; users: Names }
  'subnet-without-pools': { subnet: string; clusters: Names }
}

const ofPool = ({ start, end }: AllocationPool): string => `${start}–${end}`

export const subnetViolations: Messages<SubnetRules> = {
  'cidr-not-everything': () => 'A subnet of /0 would be all addresses there are.',
  'cidr-canonical': ({ given, subnet }) => `${given} is an address in a subnet; the subnet is ${subnet}.`,
  'ipv4-only': () => 'IPv6 subnets are not supported yet; give an IPv4 subnet such as 10.0.0.0/24.',
  'cidr-form': () => 'A subnet is written like 10.0.0.0/24.',
  'cidr-overlap': ({ cidr, other, subnet }) => `${cidr} overlaps ${other} of subnet ${quoted(subnet)} in the same network.`,
  'dhcp-prefix': ({ most }) => `DHCP needs a subnet of /${most} or larger; turn DHCP off or give more addresses.`,
  'dhcp-unicast': () => 'DHCP is not possible with multicast (224.0.0.0/4), loopback (127.0.0.0/8) or 0.0.0.0/8 addresses.',
  'gateway-unicast': ({ gateway }) => `${gateway} is not an address that a gateway can have.`,
  'gateway-usable': ({ gateway }) => `${gateway} is the network's own or its broadcast address; the gateway needs another one.`,
  'gateway-not-in-pool': ({ gateway, pool }) => `The gateway ${gateway} is inside the pool ${ofPool(pool)}.`,
  'subnet-gateway-in-use': ({ subnet, gateway, port }) =>
    `${gateway} stays the gateway of subnet ${quoted(subnet)}: it is the address of ${quoted(port)}.`,
  'pool-order': ({ pool }) => `The pool ${ofPool(pool)} runs backwards.`,
  'pool-in-subnet': ({ pool, cidr }) => `The pool ${ofPool(pool)} leaves the usable addresses of ${cidr}.`,
  'pool-overlap': ({ earlier, pool }) => `The pools ${ofPool(earlier)} and ${ofPool(pool)} overlap.`,
  'dns-count': ({ most, count }) => `A subnet has at most ${most} name servers; these are ${count}.`,
  'dns-unique': ({ server }) => `The name server ${server} is listed twice.`,
  'addresses-exhausted': ({ subnet, cidr }) => `All addresses in the pools of subnet ${quoted(subnet)} (${cidr}) are taken.`,
  'subnet-without-pools': ({ subnet, clusters }) =>
    `Gateway clusters have pools or peers in subnet ${quoted(subnet)}: ${joinQuoted(clusters)}. Take them out first.`,
  'subnet-without-ports': ({ subnet, users }) => `Ports still have addresses of subnet ${quoted(subnet)}: ${joinQuoted(users)}.`,
}
