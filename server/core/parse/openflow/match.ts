// Flow match → canonical text: keys under one name each, values in one spelling, full masks dropped, sorted.
//
//   priority-less part of   icmp6,in_port="qvof4513237-f5",icmp_type=136
//   becomes                 icmp6,icmp_type=136,in_port=qvof4513237-f5
//
// Printing rules follow match_format in lib/match.c of Open vSwitch; a key that no decoder knows is an error.

import { failed, parsed, type ParseFailure, type ParseResult } from '../parse-result'
import { canonicalFlags, ctStateFlags, tcpFlags, tunnelFlags } from './flags'
import { findField, type Field } from './fields'
import { canonicalPort, type PortNames } from './port-name'
import { protocols, protocolTerms } from './protocol-words'
import type { Term } from './tokenize'
import { formatMasked, isCanonicalValue, parseMasked, parseNumber } from './values'
import { addVlanPart, formatVlan, hasVlanTag, noVlanMatch, parseVlanPart, vlanKeys, type VlanPart } from './vlan-match'

export interface CanonicalMatch {
  readonly text: string
  /** The match admits only tagged frames. */
  readonly hasVlanTag: boolean
}

/** What one term says. Depends on its text and the port names alone, so that a term which many flows share is decoded once. */
export interface MatchPart {
  readonly key: string
  /** The canonical term and its key; null where it says nothing, or says it by the members below. */
  readonly field: { readonly key: string; readonly text: string } | null
  readonly ethType: number | null
  readonly ipProto: number | null
  readonly vlan: VlanPart | null
}

const isProtocolWord = (term: Term): boolean => term.delimiter === '' && (protocols.has(term.key) || term.key === 'eth')
export const isMatchTerm = (term: Term): boolean =>
  isProtocolWord(term) || vlanKeys.has(term.key) || specialKeys.has(term.key) || findField(term.key) !== undefined

export function decodeMatchTerm(term: Term, ports: PortNames): ParseResult<MatchPart> {
  const part = decodePart(term, ports)
  if (!part.ok) return { ok: false, error: { ...part.error, span: term.span } }
  const { field = null, ethType = null, ipProto = null, vlan = null } = part.value
  return parsed({ key: term.key, field, ethType, ipProto, vlan })
}

type Part = Partial<Omit<MatchPart, 'key'>>
const field = (key: string, value: string): ParseResult<Part> => parsed({ field: { key, text: value === '' ? key : `${key}=${value}` } })

function decodePart(term: Term, ports: PortNames): ParseResult<Part> {
  if (isProtocolWord(term)) return protocolPart(term.key)
  if (term.delimiter === '' && TUNNEL_METADATA.test(term.key)) return field(term.key, '')
  if (term.delimiter !== '=') return notAMatch(term)
  if (vlanKeys.has(term.key)) {
    const vlan = parseVlanPart(term.key, term.value)
    return vlan.ok ? parsed({ vlan: vlan.value }) : vlan
  }
  const decode = specialKeys.get(term.key)
  if (decode) return decode(term.value, ports)
  const known = findField(term.key)
  return known ? fieldPart(known, term.value) : notAMatch(term)
}

/** `tun_metadata0` without a value: the packet has this option, whatever is in it. */
const TUNNEL_METADATA = /^tun_metadata\d{1,2}$/

const notAMatch = ({ key, text }: Term): ParseFailure => failed({ code: 'is-not', params: { text: key, what: 'match' } }, text)

function protocolPart(word: string): ParseResult<Part> {
  if (word === 'eth') return field('eth', '')
  const [ethType, ipProto] = protocols.get(word)!
  return parsed({ ethType, ipProto })
}

function fieldPart({ name, format, bits }: Field, text: string): ParseResult<Part> {
  if (isCanonicalValue(text, format, bits)) return field(name, text)
  const masked = parseMasked(text, format, bits)
  if (!masked.ok) return masked
  return masked.value.mask === 0n ? parsed({}) : field(name, formatMasked(masked.value, format, bits))
}

type Decode = (text: string, ports: PortNames) => ParseResult<Part>

const flagsOf =
  (key: string, names: readonly string[]): Decode =>
  (text) => {
    const flags = canonicalFlags(text, names)
    if (!flags.ok) return flags
    return flags.value === '' ? parsed({}) : field(key, flags.value)
  }

const numberInto =
  (key: 'ethType' | 'ipProto', bits: number): Decode =>
  (text) => {
    const value = parseNumber(text, bits)
    return value.ok ? parsed({ [key]: Number(value.value) }) : value
  }

const portInto =
  (key: string): Decode =>
  (text, ports) => {
    const port = canonicalPort(text, ports)
    return port.ok ? field(key, port.value) : port
  }

const FRAGMENTS = new Set(['no', 'yes', 'first', 'later', 'not_later'])
const fragment: Decode = (text) =>
  FRAGMENTS.has(text) ? field('nw_frag', text) : failed({ code: 'is-not', params: { text, what: 'fragment' } }, text)

/** `(1,0x800)`: name space and type. */
const packetType: Decode = (text) =>
  /^\(\d+,(?:0x)?[0-9a-f]+\)$/i.test(text)
    ? field('packet_type', text.toLowerCase())
    : failed({ code: 'is-not', params: { text, what: 'packet-type' } }, text)

/** There is one flag, and an exact match of it is printed like any other. */
const tunnelFlag: Decode = (text) => {
  const flags = canonicalFlags(text, tunnelFlags)
  if (!flags.ok) return flags
  return flags.value === '' ? parsed({}) : field('tun_flags', flags.value.replace(/^oam$/, '+oam').replace(/^0$/, '-oam'))
}

/** The upper six bits of nw_tos, and printed so. */
const dscp: Decode = (text) => {
  const value = parseNumber(text, 6)
  return value.ok ? field('nw_tos', (value.value << 2n).toString()) : value
}

const specialKeys: ReadonlyMap<string, Decode> = new Map(
  Object.entries({
    in_port: portInto('in_port'),
    in_port_oxm: portInto('in_port'),
    actset_output: portInto('actset_output'),
    dl_type: numberInto('ethType', 16),
    eth_type: numberInto('ethType', 16),
    nw_proto: numberInto('ipProto', 8),
    ip_proto: numberInto('ipProto', 8),
    nw_frag: fragment,
    ip_frag: fragment,
    packet_type: packetType,
    ct_state: flagsOf('ct_state', ctStateFlags),
    tcp_flags: flagsOf('tcp_flags', tcpFlags),
    tun_flags: tunnelFlag,
    ip_dscp: dscp,
  }),
)

/** Of two terms about the same field the later one counts. Each flow of a dump comes by here: it makes no garbage and sorts as it goes. */
export function canonicalMatch(parts: readonly MatchPart[]): CanonicalMatch {
  const texts: string[] = []
  let ethType: number | null = null
  let ipProto: number | null = null
  let vlan = noVlanMatch
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!
    if (part.field && !isOverridden(parts, index, part.field.key)) insertSorted(texts, part.field.text)
    if (part.vlan) vlan = addVlanPart(vlan, part.vlan)
    ethType = part.ethType ?? ethType
    ipProto = part.ipProto ?? ipProto
  }
  for (const text of protocolTerms(ethType, ipProto)) insertSorted(texts, text)
  for (const text of formatVlan(vlan)) insertSorted(texts, text)
  return { text: texts.join(','), hasVlanTag: hasVlanTag(vlan) }
}

function isOverridden(parts: readonly MatchPart[], index: number, key: string): boolean {
  for (let later = index + 1; later < parts.length; later++) if (parts[later]!.field?.key === key) return true
  return false
}

/** A match has a handful of terms; Array.sort takes several times as long for so few. */
function insertSorted(texts: string[], text: string): void {
  let place = texts.length
  while (place > 0 && texts[place - 1]! > text) place--
  texts.splice(place, 0, text)
}
