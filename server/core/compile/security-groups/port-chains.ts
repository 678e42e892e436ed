// The chains of one port (docs/reference/security-groups.md): `i` to the VM, `o` from it, `s` its own addresses. In all of them RETURN is to accept.
//
// Unlike Neutron's, they ask the rules about every packet of a connection that goes the way of its first one, and let only replies pass for being
// replies (decision 0030): a connection ends with the rule that allowed it, and another one stays open, without a look into the table of connections.

import type { IptablesChain } from '../../host/iptables'
import type { Port } from '../../topology/kinds/port/port'
import type { SecurityGroup } from '../../topology/kinds/security-group/security-group'
import { linkLocal } from '../link-local'
import { egressChain, FALLBACK_CHAIN, ingressChain, sourceChain, type Family } from './chain-names'
import { addressesOf, sendingMacs } from './port-addresses'
import { addressMatch, joinWords, ruleLine, withLength } from './rule-line'

/** `groups`: that it is in, each once. */
export function portChains(port: Port, groups: readonly SecurityGroup[], family: Family, sets: ReadonlySet<string>): IptablesChain[] {
  const rules = (direction: 'ingress' | 'egress') => rulesOf(groups, direction, family, sets)
  return [
    filterChain(family, ingressChain(port), [
      ...TO_VM_FIRST[family],
      ...REPLIES,
      ...dhcpReplies(port, family),
      ...rules('ingress'),
      ...REST,
    ]),
    filterChain(family, egressChain(port), [...fromVmFirst(port, family), ...REPLIES, ...rules('egress'), ...REST]),
    filterChain(family, sourceChain(port), ownAddresses(port, family)),
  ]
}

export const filterChain = (family: Family, chain: string, rules: readonly string[]): IptablesChain => ({
  netns: '',
  family,
  table: 'filter',
  chain,
  policy: null,
  rules,
})

function rulesOf(
  groups: readonly SecurityGroup[],
  direction: 'ingress' | 'egress',
  family: Family,
  sets: ReadonlySet<string>,
): readonly string[] {
  const etherType = family === 'ipv4' ? 'IPv4' : 'IPv6'
  const lines = groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.direction === direction && rule.etherType === etherType ? (ruleLine(rule, family, sets) ?? []) : [])),
  )
  // Two groups may say the same.
  return [...new Set(lines)]
}

/** An ICMP error belongs to a connection that is there; which way that went first does not matter. */
const REPLIES = ['-m conntrack --ctstate RELATED -j RETURN', '-m conntrack --ctstate ESTABLISHED --ctdir REPLY -j RETURN']
/** What belongs to no connection and begins none is counted apart. */
const REST = ['-m conntrack --ctstate INVALID -j DROP', `-j ${FALLBACK_CHAIN}`]

/** Multicast listener queries, neighbour solicitations and advertisements: without them IPv6 finds nobody. */
const TO_VM_FIRST: Readonly<Record<Family, readonly string[]>> = {
  ipv4: [],
  ipv6: [130, 135, 136].map((type) => `-p ipv6-icmp -m icmp6 --icmpv6-type ${type} -j RETURN`),
}

function dhcpReplies(port: Port, family: Family): readonly string[] {
  if (family === 'ipv6') return ['-d fe80::/64 -p udp -m udp --sport 547 --dport 546 -j RETURN']
  const own = port.fixedIps.map(({ ipAddress }) => ipAddress).filter((address) => !address.includes(':'))
  return [...own, '255.255.255.255'].map((address) => `-d ${address}/32 -p udp -m udp --sport 67 --dport 68 -j RETURN`)
}

/** A VM without an address yet may ask for one; nobody's VM is a DHCP server or a router. */
function fromVmFirst(port: Port, family: Family): readonly string[] {
  const ownAddressesOnly = `-j ${sourceChain(port)}`
  if (family === 'ipv4')
    return [
      '-s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -j RETURN',
      ownAddressesOnly,
      '-p udp -m udp --sport 68 --dport 67 -j RETURN',
      '-p udp -m udp --sport 67 --dport 68 -j DROP',
    ]
  return [
    ...[131, 135, 143].map((type) => `-s ::/128 -d ff02::/16 -p ipv6-icmp -m icmp6 --icmpv6-type ${type} -j RETURN`),
    ownAddressesOnly,
    '-p ipv6-icmp -m icmp6 --icmpv6-type 134 -j DROP',
    '-p ipv6-icmp -j RETURN',
    '-p udp -m udp --sport 546 --dport 547 -j RETURN',
    '-p udp -m udp --sport 547 --dport 546 -j DROP',
  ]
}

/** A port without an address is held to its MAC alone. */
function ownAddresses(port: Port, family: Family): readonly string[] {
  const pairs = [
    ...addressesOf(port, family),
    ...(family === 'ipv6' ? sendingMacs(port).map((macAddress) => ({ macAddress, ipAddress: linkLocal(macAddress) })) : []),
  ]
  const allowed = pairs.length > 0 ? pairs : [{ macAddress: port.macAddress, ipAddress: '0.0.0.0/0' }]
  const lines = allowed.map(({ macAddress, ipAddress }) =>
    joinWords([addressMatch('-s', withLength(ipAddress)), `-m mac --mac-source ${macAddress}`, '-j RETURN']),
  )
  return [...new Set(lines), '-j DROP']
}
