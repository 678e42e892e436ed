// The VLAN part of a match. `dl_vlan`, `dl_vlan_pcp`, `vlan_vid`, `vlan_pcp` and `vlan_tci` are views of one 16-bit TCI with a mask:
// 3 bits priority, 1 bit "a tag is present" (CFI), 12 bits VLAN id. Printed back as match_format of Open vSwitch does:
//
//   vlan_tci=0x1003/0x1fff → dl_vlan=3      dl_vlan=0xffff → vlan_tci=0x0000/0x1fff (untagged)

import { failed, parsed, type ParseResult } from '../parse-result'
import { parseMasked, parseNumber, type Masked } from './values'

const CFI = 0x1000n
const VID = 0x0fffn
const PCP = 0xe000n
const ALL = 0xffffn
/** OFP10_VLAN_NONE: "no tag" in OpenFlow 1.0. */
const VLAN_NONE = 0xffffn
const UNTAGGED: Masked = { value: 0n, mask: CFI | VID }

export const vlanKeys: ReadonlySet<string> = new Set(['dl_vlan', 'dl_vlan_pcp', 'vlan_pcp', 'vlan_vid', 'vlan_tci'])

export const noVlanMatch: Masked = { value: 0n, mask: 0n }

/** One term: its bits, and all that it is about. */
export interface VlanPart extends Masked {
  readonly care: bigint
}

/** vlan_tci and "no tag" are about all bits (lib/match.c). */
export function parseVlanPart(key: string, value: string): ParseResult<VlanPart> {
  const term = parseVlanTerm(key, value)
  if (!term.ok) return term
  const isWhole = key === 'vlan_tci' || term.value === UNTAGGED
  return parsed({ ...term.value, care: isWhole ? ALL : key.endsWith('pcp') ? PCP | CFI : VID | CFI })
}

/** Of two terms about the same bits the later one counts. */
export const addVlanPart = (vlan: Masked, { value, mask, care }: VlanPart): Masked => ({
  value: (vlan.value & ~care) | value,
  mask: (vlan.mask & ~care) | mask,
})

function parseVlanTerm(key: string, text: string): ParseResult<Masked> {
  if (key === 'vlan_tci') return parseMasked(text, 'hex', 16)
  if (key === 'vlan_vid') return parseVlanVid(text)
  if (key === 'dl_vlan') return parseDlVlan(text)
  const pcp = parseNumber(text, 3)
  return pcp.ok ? parsed({ value: (pcp.value << 13n) | CFI, mask: PCP | CFI }) : pcp
}

function parseDlVlan(text: string): ParseResult<Masked> {
  const id = parseNumber(text, 16)
  if (!id.ok) return id
  if (id.value === VLAN_NONE) return parsed(UNTAGGED)
  return id.value <= VID
    ? parsed({ value: id.value | CFI, mask: VID | CFI })
    : failed({ code: 'is-no', params: { text, what: 'vlan' } }, text)
}

/** OpenFlow 1.2 and later: 13 bits with the presence bit included. */
function parseVlanVid(text: string): ParseResult<Masked> {
  const [value = '', mask] = text.split('/')
  const id = parseNumber(value, 13)
  if (!id.ok) return id
  const care = mask === undefined ? parsed(CFI | VID) : parseNumber(mask, 13)
  return care.ok ? parsed({ value: id.value & care.value, mask: care.value }) : care
}

/** A tag is certainly there: mod_vlan_vid then changes it and pushes none (ofpact_check of Open vSwitch). */
export const hasVlanTag = (vlan: Masked): boolean => vlan.mask !== 0n && (vlan.value & vlan.mask & CFI) !== 0n

export function formatVlan(vlan: Masked): readonly string[] {
  if (vlan.mask === 0n) return []
  const vidMask = vlan.mask & VID
  const pcpMask = vlan.mask & PCP
  if (vlan.mask === ALL && vlan.value === 0n) return ['vlan_tci=0x0000/0x1fff']
  const isWhole = (vidMask === 0n || vidMask === VID) && (pcpMask === 0n || pcpMask === PCP) && (vidMask | pcpMask) !== 0n
  if (!hasVlanTag(vlan) || !isWhole) return [`vlan_tci=${hex4(vlan.value & vlan.mask)}/${hex4(vlan.mask)}`]
  const id = vidMask === 0n ? [] : [`dl_vlan=${vlan.value & VID}`]
  return pcpMask === 0n ? id : [...id, `dl_vlan_pcp=${(vlan.value & PCP) >> 13n}`]
}

const hex4 = (value: bigint): string => `0x${value.toString(16).padStart(4, '0')}`
