// What ICMP and ICMPv6 messages are called. Names: IANA "ICMP Parameters", "ICMPv6 Parameters".

import { FRAGMENTATION_NEEDED, IcmpType } from '../packet/layers/icmp'
import { Icmpv6Type } from '../packet/layers/icmpv6'

const icmpTypes = new Map<number, string>([
  [IcmpType.echoReply, 'echo reply'],
  [IcmpType.unreachable, 'destination unreachable'],
  [IcmpType.redirect, 'redirect'],
  [IcmpType.echoRequest, 'echo request'],
  [IcmpType.timeExceeded, 'time exceeded'],
  [12, 'parameter problem'],
])

const unreachableCodes = new Map<number, string>([
  [0, 'network unreachable'],
  [1, 'host unreachable'],
  [2, 'protocol unreachable'],
  [3, 'port unreachable'],
  [FRAGMENTATION_NEEDED, 'fragmentation needed'],
  [9, 'network prohibited'],
  [10, 'host prohibited'],
  [13, 'administratively prohibited'],
])

/** null: any code. What has no name that people know has none here. */
export function knownIcmpType(type: number, code: number | null): string | undefined {
  const specific = type === IcmpType.unreachable && code !== null ? unreachableCodes.get(code) : undefined
  return specific ?? icmpTypes.get(type)
}

export const icmpTypeName = (type: number, code: number): string => knownIcmpType(type, code) ?? `type ${type} code ${code}`

const icmpv6Types = new Map<number, string>([
  [1, 'destination unreachable'],
  [Icmpv6Type.packetTooBig, 'packet too big'],
  [3, 'time exceeded'],
  [4, 'parameter problem'],
  [Icmpv6Type.echoRequest, 'echo request'],
  [Icmpv6Type.echoReply, 'echo reply'],
  [130, 'multicast listener query'],
  [131, 'multicast listener report'],
  [Icmpv6Type.routerSolicitation, 'router solicitation'],
  [Icmpv6Type.routerAdvertisement, 'router advertisement'],
  [Icmpv6Type.neighbourSolicitation, 'neighbour solicitation'],
  [Icmpv6Type.neighbourAdvertisement, 'neighbour advertisement'],
  [143, 'multicast listener report v2'],
])

export const knownIcmpv6Type = (type: number): string | undefined => icmpv6Types.get(type)
export const icmpv6TypeName = (type: number): string => knownIcmpv6Type(type) ?? `type ${type}`
