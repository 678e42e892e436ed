// Actions that change the packet. OpenFlow versions spell one change in many ways; canonical is the OpenFlow 1.0 word
// where there is one and set_field otherwise, so that these all meet:
//
//   mod_vlan_vid:3 = set_field:4099->vlan_vid       set_tunnel:0x1a = load:0x1a->NXM_NX_TUN_ID[] = set_field:0x1a->tun_id
//   mod_nw_tos:32 = set_field:8->ip_dscp            load:0x2->NXM_OF_ARP_OP[] = set_field:2->arp_op
//
// Observed by writing each form to Open vSwitch 3.1 and reading it back as OpenFlow 1.0, 1.4 and 1.5.

import { failed, parsed, type ParseResult } from '../parse-result'
import { other, withArgument, type Action, type ActionDecoder, type ActionDecoders } from './action'
import { findField, formatSubfield, parseFieldNumber, parseSubfield, type Field } from './fields'
import { canonicalPort, reservedPortNumber } from './port-name'
import { loadAction, pushVlan, setAction, setField, setVlan } from './set-action'
import { parseMasked, parseNumber } from './values'

/** `value->destination`: the last arrow, because an address never holds one. */
export function splitArrow(text: string): readonly [string, string] | null {
  const arrow = text.lastIndexOf('->')
  return arrow < 0 ? null : [text.slice(0, arrow).trim(), text.slice(arrow + 2).trim()]
}

/** `ANY`, `LOCAL`, `"patch-tun"`: OpenFlow 1.0 numbers where they have one; a port known by name keeps it. Null for numbers. */
function setPort(text: string, field: Field): ParseResult<Action> | null {
  if (/^(?:0x)?[0-9a-f]+(?:\/|$)/i.test(text)) return null
  const port = canonicalPort(text)
  if (!port.ok) return port
  const number = reservedPortNumber(port.value)
  return parsed(
    number === null || field.bits !== 16
      ? setField('in_port', port.value, `set_field:${port.value}->${field.setName}`)
      : setAction(field, { value: number, mask: 0xffffn }),
  )
}

/** `oam`, `+oam`, `0x1`: the only flag there is to set (lib/meta-flow.c, parse_mf_flags). */
function setTunnelFlags(text: string): ParseResult<Action> {
  const isOn = /^(?:\+?oam|(?:0x)?1(?:\/(?:0x)?1)?)$/.test(text)
  if (!isOn && !/^(?:-oam|(?:0x)?0(?:\/(?:0x)?1)?)$/.test(text))
    return failed({ code: 'is-not', params: { text, what: 'tunnel-flag' } }, text)
  return parsed(setField('tun_flags', isOn ? '+oam' : '-oam', `load:${isOn ? '0x1' : '0'}->NXM_NX_TUN_FLAGS[]`))
}

const setSpecial: ReadonlyMap<string, (text: string, field: Field) => ParseResult<Action> | null> = new Map([
  ['in_port', setPort],
  ['in_port_oxm', setPort],
  ['tun_flags', setTunnelFlags],
])

const decodeSetField: ActionDecoder = (term) => {
  const [value = '', name = ''] = splitArrow(term.value) ?? []
  const field = findField(name)
  if (!field) return failed({ code: 'set-field', params: { field: name } }, term.text)
  const special = setSpecial.get(field.name)?.(value, field)
  if (special) return special
  const masked = parseMasked(value, field.format, field.bits)
  return masked.ok ? parsed(setAction(field, masked.value)) : masked
}

const decodeLoad: ActionDecoder = (term) => {
  const [value = '', name = ''] = splitArrow(term.value) ?? []
  const destination = parseSubfield(name)
  if (!destination.ok) return destination
  const number = parseFieldNumber(value, destination.value)
  return number.ok ? parsed(loadAction(number.value, destination.value)) : number
}

const decodeMove: ActionDecoder = (term) => {
  const [from = '', to = ''] = splitArrow(term.value) ?? []
  const source = parseSubfield(from)
  if (!source.ok) return source
  const destination = parseSubfield(to)
  return destination.ok ? parsed(other('move', `move:${formatSubfield(source.value)}->${formatSubfield(destination.value)}`)) : destination
}

/** An OpenFlow 1.0 word for setting one whole field. */
const setWord =
  (fieldName: string, adjust: (value: bigint) => bigint = (value) => value): ActionDecoder =>
  (term) => {
    const field = findField(fieldName)
    if (!field || term.delimiter === '') return failed({ code: 'value-missing', params: { action: term.key } }, term.text)
    const masked = parseMasked(term.value, field.format, field.bits)
    if (!masked.ok) return masked
    return parsed(setAction(field, { value: adjust(masked.value.value), mask: masked.value.mask }))
  }

const modVlanVid: ActionDecoder = (term) => {
  const id = parseNumber(term.value, 12)
  return id.ok ? parsed(setVlan(id.value)) : id
}

const stripVlan: ActionDecoder = (term) =>
  term.delimiter === ''
    ? parsed({ kind: 'strip-vlan', text: 'strip_vlan' })
    : failed({ code: 'argument-unasked', params: { action: term.key } }, term.text)

const decodePushVlan: ActionDecoder = (term) => {
  const etherType = parseNumber(term.value, 16)
  return etherType.ok ? parsed({ ...pushVlan, text: `push_vlan:0x${etherType.value.toString(16)}` }) : etherType
}

const canonicalSubfield = (text: string): ParseResult<string> => {
  const subfield = parseSubfield(text)
  return subfield.ok ? parsed(formatSubfield(subfield.value)) : subfield
}

export const fieldDecoders: ActionDecoders = {
  set_field: decodeSetField,
  load: decodeLoad,
  move: decodeMove,
  mod_vlan_vid: modVlanVid,
  set_vlan_vid: modVlanVid,
  mod_vlan_pcp: setWord('dl_vlan_pcp'),
  set_vlan_pcp: setWord('dl_vlan_pcp'),
  strip_vlan: stripVlan,
  pop_vlan: stripVlan,
  push_vlan: decodePushVlan,
  set_tunnel: setWord('tun_id'),
  set_tunnel64: setWord('tun_id'),
  mod_dl_src: setWord('dl_src'),
  mod_dl_dst: setWord('dl_dst'),
  mod_nw_src: setWord('nw_src'),
  mod_nw_dst: setWord('nw_dst'),
  mod_nw_tos: setWord('nw_tos'),
  mod_nw_ecn: setWord('nw_ecn'),
  mod_nw_ttl: setWord('nw_ttl'),
  mod_tp_src: setWord('tp_src'),
  mod_tp_dst: setWord('tp_dst'),
  set_mpls_label: setWord('mpls_label'),
  set_mpls_tc: setWord('mpls_tc'),
  set_mpls_ttl: setWord('mpls_ttl'),
  push: withArgument('push', canonicalSubfield),
  pop: withArgument('pop', canonicalSubfield),
}
