// Every OpenFlow field we know, under each of its names: `dl_src` in a match, `eth_src` in set_field, `NXM_OF_ETH_SRC`
// and `OXM_OF_ETH_SRC` in load, move and learn. One row is one field; supporting a new field is one row. Names that differ in
// width or protocol are fields of their own, also where a match prints them alike: NXM_OF_IN_PORT has 16 bits and OXM_OF_IN_PORT
// 32, NXM_OF_UDP_SRC in a flow for TCP is refused.
// Names, widths and print formats: include/openvswitch/meta-flow.h of Open vSwitch 3.1; registers 16 to 31 are of 4.0.

import { failed, parsed, type ParseResult } from '../parse-result'
import { parseNumber, type ValueFormat } from './values'

export interface Field {
  /** As printed in a match. */
  readonly name: string
  /** As printed behind `->` in set_field. */
  readonly setName: string
  /** As printed in load, move and learn. */
  readonly nxm: string
  readonly bits: number
  readonly format: ValueFormat
}

/**
 * Name in a match, bits, format, NXM name, other names. A name with `>` in front is the one set_field uses; one with `=` in front of
 * all is a field of its own, whose match is printed under the name of another.
 */
type Row = readonly [name: string, bits: number, format: ValueFormat, nxm: string, others?: string]

const metadataRows: readonly Row[] = [
  ['dp_hash', 32, 'hex', 'NXM_NX_DP_HASH'],
  ['recirc_id', 32, 'hex', 'NXM_NX_RECIRC_ID'],
  ['conj_id', 32, 'decimal', 'NXM_NX_CONJ_ID'],
  ['skb_priority', 32, 'hex', 'NXM_NX_SKB_PRIORITY'],
  ['pkt_mark', 32, 'hex', 'NXM_NX_PKT_MARK'],
  ['packet_type', 32, 'hex', 'OXM_OF_PACKET_TYPE'],
  ['metadata', 64, 'hex', 'OXM_OF_METADATA'],
  ['in_port', 16, 'decimal', 'NXM_OF_IN_PORT'],
  ['in_port_oxm', 32, 'decimal', 'OXM_OF_IN_PORT'],
  ['actset_output', 32, 'decimal', 'ONFOXM_ET_ACTSET_OUTPUT', 'OXM_OF_ACTSET_OUTPUT'],
  ...Array.from({ length: 32 }, (_, index): Row => [`reg${index}`, 32, 'hex', `NXM_NX_REG${index}`]),
  ...Array.from({ length: 16 }, (_, index): Row => [`xreg${index}`, 64, 'hex', `OXM_OF_PKT_REG${index}`]),
  ...Array.from({ length: 8 }, (_, index): Row => [`xxreg${index}`, 128, 'hex', `NXM_NX_XXREG${index}`]),
]

const tunnelRows: readonly Row[] = [
  ['tun_id', 64, 'hex', 'NXM_NX_TUN_ID', 'tunnel_id OXM_OF_TUNNEL_ID'],
  ['tun_src', 32, 'ipv4', 'NXM_NX_TUN_IPV4_SRC'],
  ['tun_dst', 32, 'ipv4', 'NXM_NX_TUN_IPV4_DST'],
  ['tun_ipv6_src', 128, 'ipv6', 'NXM_NX_TUN_IPV6_SRC'],
  ['tun_ipv6_dst', 128, 'ipv6', 'NXM_NX_TUN_IPV6_DST'],
  ['tun_gbp_id', 16, 'decimal', 'NXM_NX_TUN_GBP_ID'],
  ['tun_gbp_flags', 8, 'hex', 'NXM_NX_TUN_GBP_FLAGS'],
  ['tun_flags', 1, 'hex', 'NXM_NX_TUN_FLAGS'],
  ['tun_erspan_idx', 20, 'hex', 'NXOXM_ET_ERSPAN_IDX'],
  ['tun_erspan_ver', 4, 'decimal', 'NXOXM_ET_ERSPAN_VER'],
  ['tun_erspan_dir', 1, 'decimal', 'NXOXM_ET_ERSPAN_DIR'],
  ['tun_erspan_hwid', 6, 'hex', 'NXOXM_ET_ERSPAN_HWID'],
  ['tun_gtpu_flags', 8, 'hex', 'NXOXM_ET_GTPU_FLAGS', 'gtpu_flags'],
  ['tun_gtpu_msgtype', 8, 'decimal', 'NXOXM_ET_GTPU_MSGTYPE', 'gtpu_msgtype'],
  ...Array.from({ length: 64 }, (_, index): Row => [`tun_metadata${index}`, 992, 'hex', `NXM_NX_TUN_METADATA${index}`]),
]

const conntrackRows: readonly Row[] = [
  ['ct_state', 32, 'hex', 'NXM_NX_CT_STATE'],
  ['ct_zone', 16, 'decimal', 'NXM_NX_CT_ZONE'],
  ['ct_mark', 32, 'hex', 'NXM_NX_CT_MARK'],
  ['ct_label', 128, 'hex', 'NXM_NX_CT_LABEL'],
  ['ct_nw_proto', 8, 'decimal', 'NXM_NX_CT_NW_PROTO'],
  ['ct_nw_src', 32, 'ipv4', 'NXM_NX_CT_NW_SRC'],
  ['ct_nw_dst', 32, 'ipv4', 'NXM_NX_CT_NW_DST'],
  ['ct_ipv6_src', 128, 'ipv6', 'NXM_NX_CT_IPV6_SRC'],
  ['ct_ipv6_dst', 128, 'ipv6', 'NXM_NX_CT_IPV6_DST'],
  ['ct_tp_src', 16, 'decimal', 'NXM_NX_CT_TP_SRC'],
  ['ct_tp_dst', 16, 'decimal', 'NXM_NX_CT_TP_DST'],
]

const ethernetRows: readonly Row[] = [
  ['dl_src', 48, 'mac', 'NXM_OF_ETH_SRC', '>eth_src OXM_OF_ETH_SRC'],
  ['dl_dst', 48, 'mac', 'NXM_OF_ETH_DST', '>eth_dst OXM_OF_ETH_DST'],
  ['dl_type', 16, 'hex', 'NXM_OF_ETH_TYPE', '>eth_type OXM_OF_ETH_TYPE'],
  ['vlan_tci', 16, 'hex', 'NXM_OF_VLAN_TCI'],
  ['vlan_vid', 13, 'decimal', 'OXM_OF_VLAN_VID'],
  ['dl_vlan_pcp', 3, 'decimal', 'OXM_OF_VLAN_PCP', '>vlan_pcp'],
  ['mpls_label', 20, 'decimal', 'OXM_OF_MPLS_LABEL'],
  ['mpls_tc', 3, 'decimal', 'OXM_OF_MPLS_TC'],
  ['mpls_bos', 1, 'decimal', 'OXM_OF_MPLS_BOS'],
  ['mpls_ttl', 8, 'decimal', 'NXM_NX_MPLS_TTL'],
  ['arp_op', 16, 'decimal', 'NXM_OF_ARP_OP', 'OXM_OF_ARP_OP'],
  ['arp_spa', 32, 'ipv4', 'NXM_OF_ARP_SPA', 'OXM_OF_ARP_SPA'],
  ['arp_tpa', 32, 'ipv4', 'NXM_OF_ARP_TPA', 'OXM_OF_ARP_TPA'],
  ['arp_sha', 48, 'mac', 'NXM_NX_ARP_SHA', 'OXM_OF_ARP_SHA'],
  ['arp_tha', 48, 'mac', 'NXM_NX_ARP_THA', 'OXM_OF_ARP_THA'],
]

const ipRows: readonly Row[] = [
  ['nw_src', 32, 'ipv4', 'NXM_OF_IP_SRC', '>ip_src ipv4_src OXM_OF_IPV4_SRC'],
  ['nw_dst', 32, 'ipv4', 'NXM_OF_IP_DST', '>ip_dst ipv4_dst OXM_OF_IPV4_DST'],
  ['ipv6_src', 128, 'ipv6', 'NXM_NX_IPV6_SRC', 'OXM_OF_IPV6_SRC'],
  ['ipv6_dst', 128, 'ipv6', 'NXM_NX_IPV6_DST', 'OXM_OF_IPV6_DST'],
  ['ipv6_label', 20, 'hex', 'NXM_NX_IPV6_LABEL', 'OXM_OF_IPV6_FLABEL'],
  ['nw_proto', 8, 'decimal', 'NXM_OF_IP_PROTO', 'ip_proto OXM_OF_IP_PROTO'],
  ['nw_tos', 8, 'decimal', 'NXM_OF_IP_TOS'],
  ['ip_dscp', 6, 'decimal', 'OXM_OF_IP_DSCP'],
  ['nw_ecn', 2, 'decimal', 'NXM_NX_IP_ECN', 'ip_ecn OXM_OF_IP_ECN'],
  ['nw_ttl', 8, 'decimal', 'NXM_NX_IP_TTL'],
  ['nw_frag', 2, 'hex', 'NXM_NX_IP_FRAG', '>ip_frag'],
]

const nshRows: readonly Row[] = [
  ['nsh_flags', 8, 'decimal', 'NXOXM_NSH_FLAGS'],
  ['nsh_ttl', 8, 'decimal', 'NXOXM_NSH_TTL'],
  ['nsh_mdtype', 8, 'decimal', 'NXOXM_NSH_MDTYPE'],
  ['nsh_np', 8, 'decimal', 'NXOXM_NSH_NP'],
  ['nsh_spi', 24, 'hex', 'NXOXM_NSH_SPI', 'nsp'],
  ['nsh_si', 8, 'decimal', 'NXOXM_NSH_SI', 'nsi'],
  ...[1, 2, 3, 4].map((index): Row => [`nsh_c${index}`, 32, 'hex', `NXOXM_NSH_C${index}`, `nshc${index}`]),
]

const transportRows: readonly Row[] = [
  ['tp_src', 16, 'decimal', 'NXM_OF_TCP_SRC', '>tcp_src OXM_OF_TCP_SRC'],
  ['tp_dst', 16, 'decimal', 'NXM_OF_TCP_DST', '>tcp_dst OXM_OF_TCP_DST'],
  ['tp_src', 16, 'decimal', 'NXM_OF_UDP_SRC', '= >udp_src OXM_OF_UDP_SRC'],
  ['tp_dst', 16, 'decimal', 'NXM_OF_UDP_DST', '= >udp_dst OXM_OF_UDP_DST'],
  ['tp_src', 16, 'decimal', 'OXM_OF_SCTP_SRC', '= >sctp_src'],
  ['tp_dst', 16, 'decimal', 'OXM_OF_SCTP_DST', '= >sctp_dst'],
  ['tcp_flags', 12, 'hex', 'NXM_NX_TCP_FLAGS', 'ONFOXM_ET_TCP_FLAGS OXM_OF_TCP_FLAGS'],
  ['icmp_type', 8, 'decimal', 'NXM_OF_ICMP_TYPE', 'OXM_OF_ICMPV4_TYPE'],
  ['icmp_code', 8, 'decimal', 'NXM_OF_ICMP_CODE', 'OXM_OF_ICMPV4_CODE'],
  ['icmp_type', 8, 'decimal', 'NXM_NX_ICMPV6_TYPE', '= >icmpv6_type OXM_OF_ICMPV6_TYPE'],
  ['icmp_code', 8, 'decimal', 'NXM_NX_ICMPV6_CODE', '= >icmpv6_code OXM_OF_ICMPV6_CODE'],
  ['nd_target', 128, 'ipv6', 'NXM_NX_ND_TARGET', 'OXM_OF_IPV6_ND_TARGET'],
  ['nd_sll', 48, 'mac', 'NXM_NX_ND_SLL', 'OXM_OF_IPV6_ND_SLL'],
  ['nd_tll', 48, 'mac', 'NXM_NX_ND_TLL', 'OXM_OF_IPV6_ND_TLL'],
  ['nd_reserved', 32, 'decimal', 'ERICOXM_OF_ICMPV6_ND_RESERVED'],
  ['nd_options_type', 8, 'decimal', 'ERICOXM_OF_ICMPV6_ND_OPTIONS_TYPE'],
]

const rows = [...metadataRows, ...tunnelRows, ...conntrackRows, ...ethernetRows, ...ipRows, ...transportRows, ...nshRows]

const fieldsByName: ReadonlyMap<string, Field> = new Map(rows.flatMap(namesOf))

function namesOf([name, bits, format, nxm, others = '']: Row): readonly (readonly [string, Field])[] {
  const names = others.split(' ').filter((other) => other !== '' && other !== '=')
  const setName = names.find((other) => other.startsWith('>'))?.slice(1) ?? name
  const field: Field = { name, setName, nxm, bits, format }
  const own = others.startsWith('=') ? [] : [name]
  return [...own, nxm, ...names.map((other) => other.replace('>', ''))].map((key) => [key, field] as const)
}

export const findField = (name: string): Field | undefined => fieldsByName.get(name)

/** Part of a field: `NXM_NX_REG6[0..15]`. */
export interface Subfield {
  readonly field: Field
  readonly start: number
  readonly width: number
}

const SUBFIELD = /^([A-Za-z][A-Za-z0-9_]{0,40})(?:\[(?:(\d{1,4})(?:\.\.(\d{1,4}))?)?\])?$/

export function parseSubfield(text: string): ParseResult<Subfield> {
  const match = SUBFIELD.exec(text)
  const field = match?.[1] === undefined ? undefined : findField(match[1])
  if (!match || !field) return failed({ code: 'is-not', params: { text, what: 'field' } }, text)
  const start = Number(match[2] ?? 0)
  const end = match[2] === undefined ? partBits(field) - 1 : Number(match[3] ?? start)
  if (end < start || end >= partBits(field)) return failed({ code: 'outside-field', params: { text } }, text)
  return parsed({ field, start, width: end - start + 1 })
}

/** Bits that load, move and learn know of: the one of vlan_vid that says that there is a tag is not among them. */
const partBits = ({ name, bits }: Field): number => (name === 'vlan_vid' ? 12 : bits)

export const isWholeField = ({ field, width }: Subfield): boolean => width === partBits(field)

export function formatSubfield({ field, start, width }: Subfield): string {
  if (isWholeField({ field, start, width })) return `${field.nxm}[]`
  return width === 1 ? `${field.nxm}[${start}]` : `${field.nxm}[${start}..${start + width - 1}]`
}

export const parseFieldNumber = (text: string, subfield: Subfield): ParseResult<bigint> => parseNumber(text, subfield.width)
