// The canonical action for "this field gets this value", whichever spelling asked for it: the OpenFlow 1.0 word where there
// is one, load for a part of a field, set_field otherwise.
//
//   vlan_vid 4099 → mod_vlan_vid:3      tun_id 0x1a → set_tunnel:0x1a      reg4 0x30/0xf0 → load:0x3->NXM_NX_REG4[4..7]

import { other, type Action } from './action'
import { formatSubfield, isWholeField, type Field, type Subfield } from './fields'
import { allOnes, formatMasked, formatValue, type Masked } from './values'

const VLAN_PRESENT = 0x1000n

const hexOrZero = (value: bigint): string => (value === 0n ? '0' : `0x${value.toString(16)}`)

export const pushVlan: Action = { kind: 'push-vlan', text: 'push_vlan:0x8100' }

export const setVlan = (value: bigint): Action => ({
  kind: 'set-vlan',
  vlanId: Number(value & 0xfffn),
  text: `mod_vlan_vid:${value & 0xfffn}`,
})

/** VNIs have 24 bits, OpenFlow tunnel ids 64; above 32 bits the action has another name. */
const setTunnel = (value: bigint): Action => ({
  kind: 'set-tunnel',
  tunnelId: value.toString(),
  text: `${value > allOnes(32) ? 'set_tunnel64' : 'set_tunnel'}:0x${value.toString(16)}`,
})

export const setField = (field: string, value: string, text: string): Action => ({ kind: 'set-field', field, value, text })

const classic =
  (name: string) =>
  (value: bigint, field: Field): Action =>
    setField(field.name, formatValue(value, field.format), `${name}:${formatValue(value, field.format)}`)

const loadWhole = (value: bigint, field: Field): Action =>
  setField(field.name, hexOrZero(value), `load:${hexOrZero(value)}->${field.nxm}[]`)

/** Whole fields whose canonical action is not set_field. */
const spellings: Readonly<Record<string, (value: bigint, field: Field) => Action>> = {
  vlan_vid: (value) => setVlan(value),
  dl_vlan_pcp: (value) => ({ kind: 'set-vlan-priority', priority: Number(value), text: `mod_vlan_pcp:${value}` }),
  vlan_tci: (value, field) => withTag(field, value, loadWhole(value, field)),
  in_port: loadWhole,
  in_port_oxm: loadWhole,
  tun_flags: loadWhole,
  tun_id: setTunnel,
  ip_dscp: (value) => setField('nw_tos', (value << 2n).toString(), `mod_nw_tos:${value << 2n}`),
  nw_tos: (value) => setField('nw_tos', (value & 0xfcn).toString(), `mod_nw_tos:${value & 0xfcn}`),
  nw_ttl: classic('mod_nw_ttl'),
  tp_src: classic('mod_tp_src'),
  tp_dst: classic('mod_tp_dst'),
}

/** ovs-ofctl goes by the value alone: a bit that a mask leaves out is no tag to it (check_SET_FIELD, lib/ofp-actions.c). */
const withTag = (field: Field, value: bigint, action: Action): Action =>
  field.name === 'vlan_tci' ? { ...action, isTaggedAfter: (value & VLAN_PRESENT) !== 0n } : action

export function setAction(field: Field, masked: Masked): Action {
  if (masked.mask !== allOnes(field.bits)) return setPart(field, masked)
  if (field.name === 'vlan_vid' && (masked.value & VLAN_PRESENT) === 0n) return plainSet(field, masked)
  const spell = Object.hasOwn(spellings, field.name) ? spellings[field.name] : undefined
  return spell ? spell(masked.value, field) : plainSet(field, masked)
}

function plainSet(field: Field, masked: Masked): Action {
  const value = formatMasked(masked, field.format, field.bits)
  return setField(field.name, value, `set_field:${value}->${field.setName}`)
}

/** OpenFlow 1.4 prints set_field with a contiguous mask as load of a subfield, 1.5 the other way round. */
function setPart(field: Field, { value, mask }: Masked): Action {
  const start = trailingZeros(mask, field.bits)
  const width = trailingZeros(~(mask >> BigInt(start)), field.bits)
  const isContiguous = mask === allOnes(width) << BigInt(start)
  if (!isContiguous || width === 0) return withTag(field, value, plainSet(field, { value, mask }))
  return loadAction(value >> BigInt(start), { field, start, width })
}

function trailingZeros(value: bigint, limit: number): number {
  let count = 0
  while (count < limit && ((value >> BigInt(count)) & 1n) === 0n) count++
  return count
}

/** OpenFlow 1.4 prints a masked set_field of all of vlan_vid as load, without the bit that says that there is a tag. */
export function loadAction(value: bigint, destination: Subfield): Action {
  if (destination.field.name === 'vlan_vid' && isWholeField(destination)) return setVlan(value)
  if (isWholeField(destination)) return setAction(destination.field, { value, mask: allOnes(destination.field.bits) })
  const action = other('load', `load:${hexOrZero(value)}->${formatSubfield(destination)}`)
  return withTag(destination.field, value << BigInt(destination.start), action)
}
