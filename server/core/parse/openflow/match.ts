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
import { formatMasked, parseMasked, parseNumber, type Masked } from './values'
import { addVlanTerm, formatVlan, hasVlanTag, noVlanMatch, vlanKeys } from './vlan-match'

export interface CanonicalMatch {
  readonly text: string
  /** Canonical key → value ('' for a bare protocol word). */
  readonly fields: ReadonlyMap<string, string>
  /** The match admits only tagged frames. */
  readonly hasVlanTag: boolean
}

interface Draft {
  ethType: bigint | null
  ipProto: bigint | null
  vlan: Masked
  readonly fields: Map<string, string>
}

const isProtocolWord = (term: Term): boolean => term.delimiter === '' && (protocols.has(term.key) || term.key === 'eth')
export const isMatchTerm = (term: Term): boolean =>
  isProtocolWord(term) || vlanKeys.has(term.key) || specialKeys.has(term.key) || findField(term.key) !== undefined

export function canonicalMatch(terms: readonly Term[], ports: PortNames): ParseResult<CanonicalMatch> {
  const draft: Draft = { ethType: null, ipProto: null, vlan: noVlanMatch, fields: new Map() }
  for (const term of terms) {
    const failure = addTerm(draft, term, ports)
    if (failure) return { ok: false, error: { ...failure.error, span: term.span } }
  }
  return parsed(finish(draft))
}

function addTerm(draft: Draft, term: Term, ports: PortNames): ParseFailure | null {
  if (isProtocolWord(term)) return addProtocol(draft, term.key)
  if (term.delimiter !== '=') return fail(`"${term.key}" is not a match`, term)
  if (vlanKeys.has(term.key)) {
    const vlan = addVlanTerm(draft.vlan, term.key, term.value)
    if (vlan.ok) draft.vlan = vlan.value
    return vlan.ok ? null : vlan
  }
  const decode = specialKeys.get(term.key)
  if (decode) return decode(draft, term.value, ports)
  const field = findField(term.key)
  return field ? addField(draft, field, term.value) : fail(`"${term.key}" is not a match`, term)
}

const fail = (reason: string, term: Term): ParseFailure => failed(reason, term.text)

function addProtocol(draft: Draft, word: string): ParseFailure | null {
  const [ethType, ipProto] = protocols.get(word) ?? [null, null]
  if (word === 'eth') draft.fields.set('eth', '')
  draft.ethType = ethType ?? draft.ethType
  draft.ipProto = ipProto ?? draft.ipProto
  return null
}

function addField(draft: Draft, field: Field, text: string): ParseFailure | null {
  const masked = parseMasked(text, field.format, field.bits)
  if (!masked.ok) return masked
  if (masked.value.mask !== 0n) draft.fields.set(field.name, formatMasked(masked.value, field.format, field.bits))
  return null
}

type Decode = (draft: Draft, text: string, ports: PortNames) => ParseFailure | null

const flagsOf =
  (key: string, names: readonly string[]): Decode =>
  (draft, text) => {
    const flags = canonicalFlags(text, names)
    if (flags.ok && flags.value !== '') draft.fields.set(key, flags.value)
    return flags.ok ? null : flags
  }

const numberInto =
  (key: 'ethType' | 'ipProto', bits: number): Decode =>
  (draft, text) => {
    const value = parseNumber(text, bits)
    if (value.ok) draft[key] = value.value
    return value.ok ? null : value
  }

const portInto =
  (key: string): Decode =>
  (draft, text, ports) => {
    const port = canonicalPort(text, ports)
    if (port.ok) draft.fields.set(key, port.value)
    return port.ok ? null : port
  }

const FRAGMENTS = new Set(['no', 'yes', 'first', 'later', 'not_later'])
const fragment: Decode = (draft, text) => {
  if (!FRAGMENTS.has(text)) return failed(`"${text}" is not a kind of fragment`, text)
  draft.fields.set('nw_frag', text)
  return null
}

/** `(1,0x800)`: name space and type. */
const packetType: Decode = (draft, text) => {
  if (!/^\(\d+,(?:0x)?[0-9a-f]+\)$/i.test(text)) return failed(`"${text}" is not a packet type`, text)
  draft.fields.set('packet_type', text.toLowerCase())
  return null
}

const specialKeys: ReadonlyMap<string, Decode> = new Map(Object.entries({
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
  tun_flags: flagsOf('tun_flags', tunnelFlags),
}))

function finish(draft: Draft): CanonicalMatch {
  for (const [key, value] of protocolTerms(draft.ethType, draft.ipProto)) draft.fields.set(key, value)
  for (const term of formatVlan(draft.vlan)) {
    const equals = term.indexOf('=')
    draft.fields.set(term.slice(0, equals), term.slice(equals + 1))
  }
  const text = [...draft.fields].map(([key, value]) => (value === '' ? key : `${key}=${value}`)).sort()
  return { text: text.join(','), fields: draft.fields, hasVlanTag: hasVlanTag(draft.vlan) }
}
