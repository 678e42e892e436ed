// Words of a match that stand for an EtherType and an IP protocol: `icmp6` is dl_type=0x86dd,nw_proto=58. Canonical is the
// word wherever there is one (ofp-parse.c, parse_protocol; match.c, match_format, of Open vSwitch).
//
//   dl_type=0x0806 → arp      ip,nw_proto=6 → tcp      dl_type=0x88cc stays

const protocolRows = [
  ['ip', 0x0800],
  ['icmp', 0x0800, 1],
  ['igmp', 0x0800, 2],
  ['tcp', 0x0800, 6],
  ['udp', 0x0800, 17],
  ['sctp', 0x0800, 132],
  ['arp', 0x0806],
  ['rarp', 0x8035],
  ['ipv6', 0x86dd],
  ['ip6', 0x86dd],
  ['tcp6', 0x86dd, 6],
  ['udp6', 0x86dd, 17],
  ['icmp6', 0x86dd, 58],
  ['sctp6', 0x86dd, 132],
  ['mpls', 0x8847],
  ['mplsm', 0x8848],
] as const

/** Word → EtherType and IP protocol. */
export const protocols: ReadonlyMap<string, readonly [number, number | null]> = new Map(
  protocolRows.map(([word, ethType, ipProto]) => [word, [ethType, ipProto ?? null]]),
)
/** Read, but never written: ovs-ofctl takes a bare igmp for a field without a value, and prints ip,nw_proto=2. */
const NOT_WRITTEN = 'igmp'
const NO_PROTO = 256
const idOf = (ethType: number, ipProto: number | null): number => ethType * 512 + (ipProto ?? NO_PROTO)
const protocolWords = new Map<number, string>(
  protocolRows
    .filter(([word]) => word !== NOT_WRITTEN)
    .reverse()
    .map(([word, ethType, ipProto]) => [idOf(ethType, ipProto ?? null), word]),
)
protocolWords.set(idOf(0x86dd, null), 'ipv6')

const NONE: readonly string[] = []

/** Match terms for both. */
export function protocolTerms(ethType: number | null, ipProto: number | null): readonly string[] {
  if (ethType === null) return ipProto === null ? NONE : [`nw_proto=${ipProto}`]
  const whole = protocolWords.get(idOf(ethType, ipProto))
  if (whole) return [whole]
  const type = protocolWords.get(idOf(ethType, null)) ?? `dl_type=0x${ethType.toString(16).padStart(4, '0')}`
  return ipProto === null ? [type] : [type, `nw_proto=${ipProto}`]
}
