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
export const protocols: ReadonlyMap<string, readonly [bigint, bigint | null]> = new Map(
  protocolRows.map(([word, ethType, ipProto]) => [word, [BigInt(ethType), ipProto === undefined ? null : BigInt(ipProto)]]),
)
const protocolWords = new Map<string, string>(
  [...protocolRows].reverse().map(([word, ethType, ipProto]) => [`${ethType}/${ipProto ?? ''}`, word]),
)
protocolWords.set(`${0x86dd}/`, 'ipv6')

/** Match terms for both, as key and value; the value of a word is ''. */
export function protocolTerms(ethType: bigint | null, ipProto: bigint | null): readonly (readonly [string, string])[] {
  const whole = ethType === null ? undefined : protocolWords.get(`${ethType}/${ipProto ?? ''}`)
  if (whole) return [[whole, '']]
  const type = ethType === null ? undefined : protocolWords.get(`${ethType}/`)
  const terms: (readonly [string, string])[] = []
  if (ethType !== null) terms.push(type ? [type, ''] : ['dl_type', `0x${ethType.toString(16).padStart(4, '0')}`])
  if (ipProto !== null) terms.push(['nw_proto', ipProto.toString()])
  return terms
}
