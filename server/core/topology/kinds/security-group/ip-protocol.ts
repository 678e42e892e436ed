// Protocols as Neutron's rules name them (neutron-lib's IP_PROTOCOL_MAP), and their numbers. One protocol has one way to be written, so that equal
// rules are equal texts: its name, or its number in digits where it has none.

import type { EtherType } from './security-group'

const NUMBERS: Readonly<Record<string, number>> = {
  ah: 51,
  dccp: 33,
  egp: 8,
  esp: 50,
  gre: 47,
  icmp: 1,
  igmp: 2,
  ipip: 4,
  'ipv6-encap': 41,
  'ipv6-frag': 44,
  'ipv6-icmp': 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  'ipv6-route': 43,
  ospf: 89,
  pgm: 113,
  rsvp: 46,
  sctp: 132,
  tcp: 6,
  udp: 17,
  udplite: 136,
  vrrp: 112,
}
const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name]))

const ICMP = 'icmp'
const ICMP_V6 = 'ipv6-icmp'
/** Nothing else of IPv6 is a protocol of IPv4 packets: `ipv6-encap` is how IPv6 travels in them. */
const ONLY_V6: ReadonlySet<string> = new Set(['ipv6-frag', ICMP_V6, 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route'])
const WITH_PORTS: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'dccp', 'udplite'])

/** As it is stored; null: any, which iptables calls 0. What is no protocol is kept as it is, for the rule to refuse. */
export function normalizeProtocol(given: string | number | null | undefined, etherType: EtherType): string | null {
  const text = String(given ?? 'any')
    .trim()
    .toLowerCase()
  if (text === 'any' || /^0{1,3}$/.test(text)) return null
  const name = text === 'icmpv6' ? ICMP_V6 : nameOfNumber(text)
  return name === ICMP && etherType === 'IPv6' ? ICMP_V6 : name
}

function nameOfNumber(text: string): string {
  if (!/^\d{1,3}$/.test(text)) return text
  const number = Number(text)
  return NAMES.get(number) ?? String(number)
}

export const isProtocol = (protocol: string): boolean =>
  Object.hasOwn(NUMBERS, protocol) || (/^[1-9]\d{0,2}$/.test(protocol) && Number(protocol) <= 255 && !NAMES.has(Number(protocol)))

/** Of one that is stored. */
export const protocolNumber = (protocol: string): number => NUMBERS[protocol] ?? Number(protocol)

export const isOnlyV6 = (protocol: string): boolean => ONLY_V6.has(protocol)
export const hasPorts = (protocol: string | null): boolean => protocol !== null && WITH_PORTS.has(protocol)
/** Its two numbers are a message's type and code, not ports. */
export const isIcmp = (protocol: string | null): boolean => protocol === ICMP || protocol === ICMP_V6
