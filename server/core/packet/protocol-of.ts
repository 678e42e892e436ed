// Names what a packet is, in the words in which expectations ask for it, so that a mismatch can be read:
// "protocol arp-request instead of icmp-echo-request".

import type { ExpectedProtocol } from './expectation'
import type { HeaderShape } from './headers'
import { ArpOperation } from './layers/arp'
import { etherTypeName } from './layers/ether-type'
import { IcmpType } from './layers/icmp'
import { Icmpv6Type } from './layers/icmpv6'
import { ipProtocolName } from './layers/ip-protocol'

/** In the words of `ExpectedProtocol` where there is one, else in those that describe the packet. */
export function protocolOf(shape: HeaderShape): string {
  const ip = shape.ipv4 ?? shape.ipv6
  const known = shape.dhcp ? 'dhcp' : (arpName(shape) ?? icmpName(shape) ?? icmpv6Name(shape))
  return known ?? (ip ? (ipProtocolName(ip.payloadProtocol) ?? `protocol-${ip.payloadProtocol}`) : etherTypeName(shape.ethernet.type))
}

function arpName({ arp }: HeaderShape): string | undefined {
  if (arp?.operation === ArpOperation.request) return 'arp-request'
  return arp?.operation === ArpOperation.reply ? 'arp-reply' : undefined
}

function icmpName({ icmp }: HeaderShape): string | undefined {
  if (icmp?.type === IcmpType.echoRequest) return 'icmp-echo-request'
  return icmp?.type === IcmpType.echoReply ? 'icmp-echo-reply' : undefined
}

const icmpv6Names = new Map<number, ExpectedProtocol>([
  [Icmpv6Type.echoRequest, 'icmpv6-echo-request'],
  [Icmpv6Type.echoReply, 'icmpv6-echo-reply'],
  [Icmpv6Type.neighbourSolicitation, 'neighbour-solicitation'],
  [Icmpv6Type.neighbourAdvertisement, 'neighbour-advertisement'],
])

function icmpv6Name({ icmpv6 }: HeaderShape): string | undefined {
  return icmpv6 && icmpv6Names.get(icmpv6.type)
}
