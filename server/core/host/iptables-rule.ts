// A rule of iptables as it is compared: programs of different ages, and hosts with different names for protocols, print the same rule differently.

/** /etc/protocols of Debian and Fedora, without those that iptables has a name for by itself. */
const PROTOCOLS: Readonly<Record<string, number>> = {
  igmp: 2, ggp: 3, ipencap: 4, ipv4: 4, st: 5, egp: 8, igp: 9, pup: 12, hmp: 20, 'xns-idp': 22, rdp: 27, 'iso-tp4': 29, dccp: 33, xtp: 36, ddp: 37,
  'idpr-cmtp': 38, ipv6: 41, 'ipv6-route': 43, 'ipv6-frag': 44, idrp: 45, rsvp: 46, gre: 47, skip: 57, 'ipv6-nonxt': 59, 'ipv6-opts': 60, rspf: 73,
  vmtp: 81, eigrp: 88, ospf: 89, ospfigp: 89, 'ax.25': 93, ipip: 94, etherip: 97, encap: 98, pim: 103, ipcomp: 108, pgm: 113, vrrp: 112, l2tp: 115,
  isis: 124, fc: 133, 'mobility-header': 135, 'mpls-in-ip': 137, manet: 138, hip: 139, shim6: 140, wesp: 141, rohc: 142, ethernet: 143,
} // prettier-ignore

/** icmpv6 is the same to iptables; what a tag of 802.1ad is called is in a host's /etc/ethertypes, where it is. */
const BY_ITSELF: Readonly<Record<string, string>> = { icmpv6: 'ipv6-icmp', 'S-TAG': '0x88a8', '802_1AD': '0x88a8', '802_1ad': '0x88a8' }

/** Up to 1.8.7 it prints MAC addresses in capitals. */
export const canonicalRule = (rule: string): string =>
  rule
    .replace(/(?<=--mac-source )[0-9A-F:]{17}(?= |$)/g, (mac) => mac.toLowerCase())
    .replace(/(?<=^|[^-\w])-p ([\w.-]+)/, (_, name: string) => `-p ${BY_ITSELF[name] ?? PROTOCOLS[name] ?? name}`)
