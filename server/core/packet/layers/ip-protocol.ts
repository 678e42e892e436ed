// IP protocol numbers: their names, and which of them this room can look into. Shared by IPv4 and IPv6.
//
// Rules: IANA "Protocol Numbers".

import type { Protocol } from './layer'

const names = new Map<number, string>([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPIP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [41, 'IPv6'],
  [47, 'GRE'],
  [50, 'ESP'],
  [58, 'ICMPv6'],
  [59, 'nothing'],
  [89, 'OSPF'],
  [112, 'VRRP'],
  [132, 'SCTP'],
])

const transports = new Map<number, Protocol>([
  [6, 'tcp'],
  [17, 'udp'],
])

/** What follows an IP header of `version`: each has its own ICMP, and the other's is not valid in it. */
export function ipPayloadProtocol(version: 4 | 6, protocol: number): Protocol | undefined {
  if (version === 4 && protocol === 1) return 'icmp'
  if (version === 6 && protocol === 58) return 'icmpv6'
  return transports.get(protocol)
}

/** undefined: it has no name here. */
export const ipProtocolName = (protocol: number): string | undefined => names.get(protocol)
