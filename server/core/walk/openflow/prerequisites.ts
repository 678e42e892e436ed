// Whether a packet has a field at all: writing one that it lacks changes nothing (mf_are_prereqs_ok of lib/meta-flow.c). OpenFlow's
// ports of TCP, UDP and SCTP are one field here, as the older mod_tp_src has it.

import { CFI, ETH_ARP, ETH_IPV4, ETH_IPV6, ETH_RARP, FRAGMENT_LATER, isIp, type Packet } from './packet'

type Has = (packet: Packet) => boolean

const hasType =
  (...types: readonly number[]): Has =>
  (packet) =>
    types.includes(packet.get('dl_type'))

const hasVlan: Has = (packet) => (packet.get('vlan_tci') & CFI) !== 0
const isArp = hasType(ETH_ARP, ETH_RARP)
const hasTransport: Has = (packet) => isIp(packet) && (packet.get('nw_frag') & FRAGMENT_LATER) === 0
const hasProtocol =
  (ipv4: number, ipv6: number): Has =>
  (packet) =>
    hasTransport(packet) && packet.get('nw_proto') === (packet.get('dl_type') === ETH_IPV4 ? ipv4 : ipv6)
const isIcmp = hasProtocol(1, 58)
const isTcp = hasProtocol(6, 6)

const neighbourDiscovery =
  (...types: readonly number[]): Has =>
  (packet) =>
    packet.get('dl_type') === ETH_IPV6 && isIcmp(packet) && types.includes(packet.get('tp_src')) && packet.get('tp_dst') === 0

/** Fields in no row have no prerequisites, vlan_vid among them: it holds the bit that says that there is a tag. */
const rows: Readonly<Record<string, Has>> = {
  dl_vlan_pcp: hasVlan,
  arp_op: isArp,
  arp_spa: isArp,
  arp_tpa: isArp,
  arp_sha: isArp,
  arp_tha: isArp,
  nw_src: hasType(ETH_IPV4),
  nw_dst: hasType(ETH_IPV4),
  ipv6_src: hasType(ETH_IPV6),
  ipv6_dst: hasType(ETH_IPV6),
  ipv6_label: hasType(ETH_IPV6),
  nw_proto: isIp,
  nw_tos: isIp,
  ip_dscp: isIp,
  nw_ecn: isIp,
  nw_ttl: isIp,
  tp_src: hasTransport,
  tp_dst: hasTransport,
  icmp_type: isIcmp,
  icmp_code: isIcmp,
  tcp_flags: isTcp,
  nd_target: neighbourDiscovery(135, 136),
  nd_sll: neighbourDiscovery(135),
  nd_tll: neighbourDiscovery(136),
}

export const hasField = (packet: Packet, field: string): boolean => rows[field]?.(packet) ?? true
