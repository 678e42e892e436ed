// A rule of a security group as people who know Neutron say it: "TCP 22", "ICMP echo request (type 8)", "from 10.0.0.0/8". Pages, plans and
// refusals say the same. Pure; names of groups are the caller's to look up.

import { knownIcmpType, knownIcmpv6Type } from '../../../explain/icmp-type'
import { isIcmp } from './ip-protocol'
import type { SecurityGroupRule, UnnamedRule } from './security-group'

export type Traffic = Pick<SecurityGroupRule, 'etherType' | 'protocol' | 'portRangeMin' | 'portRangeMax'>
type Remote = Pick<SecurityGroupRule, 'remoteIpPrefix' | 'remoteGroupId'>

/** Written otherwise than Neutron's name in capitals. */
const PROTOCOL_WORDS: Readonly<Record<string, string>> = {
  'ipv6-icmp': 'ICMPv6',
  'ipv6-encap': 'IPv6 encapsulation',
  'ipv6-frag': 'IPv6 fragment',
  'ipv6-nonxt': 'IPv6 without next header',
  'ipv6-opts': 'IPv6 options',
  'ipv6-route': 'IPv6 routing header',
  udplite: 'UDP-Lite',
}

/** "TCP", "ICMPv6", "protocol 253". */
function protocolWords(protocol: string | null): string {
  if (protocol === null) return 'any'
  if (/^\d+$/.test(protocol)) return `protocol ${protocol}`
  return PROTOCOL_WORDS[protocol] ?? protocol.toUpperCase()
}

/** Protocol with ports, or with type and code: "any", "TCP", "TCP 80–90", "ICMP echo request (type 8)". */
export function trafficWords(rule: Traffic): string {
  const protocol = protocolWords(rule.protocol)
  if (rule.portRangeMin === null) return protocol
  if (isIcmp(rule.protocol)) return `${protocol} ${messageWords(rule.etherType, rule.portRangeMin, rule.portRangeMax)}`
  return `${protocol} ${rangeWords(rule.portRangeMin, rule.portRangeMax)}`
}

const rangeWords = (min: number, max: number | null): string => (max === null || max === min ? String(min) : `${min}–${max}`)

function messageWords(etherType: Traffic['etherType'], type: number, code: number | null): string {
  const numbers = code === null ? `type ${type}` : `type ${type}, code ${code}`
  const name = etherType === 'IPv6' ? knownIcmpv6Type(type) : knownIcmpType(type, code)
  return name === undefined ? numbers : `${name} (${numbers})`
}

/** "10.0.0.0/8", "group web", "anybody". */
export function remoteWords({ remoteIpPrefix, remoteGroupId }: Remote, nameOf: (groupId: string) => string): string {
  if (remoteGroupId !== null) return `group ${nameOf(remoteGroupId)}`
  return remoteIpPrefix ?? 'anybody'
}

/** The whole rule on one line: "ingress IPv4 TCP 22 from 10.0.0.0/8". */
export function ruleWords(rule: Omit<UnnamedRule, 'description'>, nameOf: (groupId: string) => string): string {
  const way = rule.direction === 'ingress' ? 'from' : 'to'
  return [rule.direction, rule.etherType, trafficWords(rule), way, remoteWords(rule, nameOf)].join(' ')
}
