// Ethernet types: their names, and which of them this room can look into. Shared by Ethernet and the VLAN tag, which
// both end in a type.
//
// Rules: IANA "IEEE 802 Numbers"; IEEE 802.1Q (0x8100, 0x88a8); 0x9100 is an older habit for the outer tag of QinQ.

import { hexNumber } from '../bytes'
import type { Protocol } from './layer'

const EtherType = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd, serviceVlan: 0x88a8 } as const

/** Up to here the type word is a length, and the frame is IEEE 802.3 with LLC (spanning tree, for one). */
const LARGEST_LENGTH = 1500

const knownTypes = new Map<number, { readonly name: string; readonly protocol?: Protocol }>([
  [EtherType.ipv4, { name: 'IPv4', protocol: 'ipv4' }],
  [EtherType.arp, { name: 'ARP', protocol: 'arp' }],
  [EtherType.ipv6, { name: 'IPv6', protocol: 'ipv6' }],
  [EtherType.vlan, { name: '802.1Q', protocol: 'vlan' }],
  [EtherType.serviceVlan, { name: '802.1ad', protocol: 'vlan' }],
  [0x9100, { name: 'QinQ', protocol: 'vlan' }],
  [0x8035, { name: 'RARP' }],
  [0x8809, { name: 'LACP' }],
  [0x8847, { name: 'MPLS' }],
  [0x88cc, { name: 'LLDP' }],
])

export function etherTypeProtocol(type: number): Protocol | undefined {
  return knownTypes.get(type)?.protocol
}

/** `IPv4`, `LLC`, or the number where it has no name here. */
export function etherTypeName(type: number): string {
  return type <= LARGEST_LENGTH ? 'LLC' : (knownTypes.get(type)?.name ?? hexNumber(type, 4))
}
