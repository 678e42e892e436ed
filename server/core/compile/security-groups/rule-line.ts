// A rule of a security group as a rule of iptables, in the words and the order of iptables-save, so that what is read back compares equal. RETURN
// is to accept: it leads out of the port's chain, to the next one that the packet has to go through.

import { protocolNumber } from '../../topology/kinds/security-group/ip-protocol'
import type { SecurityGroupRule } from '../../topology/kinds/security-group/security-group'
import { memberSet, type Family } from './chain-names'

/** null: a rule about nobody at the moment, since the group that it names is not among the `sets`. */
export function ruleLine(rule: SecurityGroupRule, family: Family, sets: ReadonlySet<string>): string | null {
  const { direction, remoteIpPrefix, remoteGroupId } = rule
  const isIngress = direction === 'ingress'
  const members = remoteGroupId === null ? null : memberSet({ id: remoteGroupId }, family)
  if (members !== null && !sets.has(members)) return null
  return joinWords([
    remoteIpPrefix === null ? '' : addressMatch(isIngress ? '-s' : '-d', remoteIpPrefix),
    protocolMatch(rule),
    members === null ? '' : `-m set --match-set ${members} ${isIngress ? 'src' : 'dst'}`,
    portMatch(rule),
    '-j RETURN',
  ])
}

export const joinWords = (words: readonly string[]): string => words.filter((each) => each !== '').join(' ')

/** Nothing where it is everybody: iptables-save does not print that. */
export const addressMatch = (option: '-s' | '-d', prefix: string): string =>
  prefix.endsWith('/0') ? '' : `${option} ${withLength(prefix)}`

export const withLength = (address: string): string => (address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`)

/** Those that iptables knows by itself; it prints any other by the name that the host's /etc/protocols has (host/iptables-rule.ts). */
const NAMED: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'ipv6-icmp', 'sctp', 'udplite', 'esp', 'ah'])
const protocolMatch = ({ protocol }: SecurityGroupRule): string =>
  protocol === null ? '' : `-p ${NAMED.has(protocol) ? protocol : protocolNumber(protocol)}`

function portMatch({ protocol, portRangeMin: min, portRangeMax: max }: SecurityGroupRule): string {
  if (protocol === null || min === null) return ''
  if (protocol === 'icmp') return `-m icmp --icmp-type ${typeAndCode(min, max)}`
  if (protocol === 'ipv6-icmp') return `-m icmp6 --icmpv6-type ${typeAndCode(min, max)}`
  const last = max ?? min
  if (min === 0 && last === LAST_PORT) return ''
  const range = min === last ? `${min}` : `${min}:${last}`
  // iptables has no module for it.
  return protocol === 'udplite' ? `-m multiport --dports ${range}` : `-m ${protocol} --dport ${range}`
}

const LAST_PORT = 65_535
const typeAndCode = (type: number, code: number | null): string => (code === null ? `${type}` : `${type}/${code}`)
