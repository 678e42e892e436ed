// VLANs at the ports of a bridge, as NORMAL sees them: which frames a port takes in and lets out, and with which tags
// (ovs-vswitchd.conf.db(5), Port, vlan_mode; xvlan_input_translate and xvlan_output_translate of ofproto-dpif-xlate.c).

import type { OvsPort } from '../../host/ovs'
import { CFI, PCP, VID, type Packet } from './packet'

const MODES = ['access', 'trunk', 'native-tagged', 'native-untagged', 'dot1q-tunnel'] as const
type Mode = (typeof MODES)[number]

export interface PortVlan {
  readonly mode: Mode
  /** -1 on a trunk. */
  readonly vlan: number
  /** Of a dot1q-tunnel the customers' VLANs, which are the inner ones in the bridge. null: all. */
  readonly trunks: ReadonlySet<number> | null
  readonly outerTpid: number
  readonly priorityTags: 'never' | 'if-nonzero' | 'always'
}

/** One tag in NORMAL's hands; id 0 and no priority is none. */
interface Tag {
  readonly tpid: number
  readonly vid: number
  /** In its place within the TCI. */
  readonly pcp: number
}

export type Tags = readonly [outer: Tag, inner: Tag]

const NONE: Tag = { tpid: 0, vid: 0, pcp: 0 }

export const anyVlan: PortVlan = { mode: 'trunk', vlan: -1, trunks: null, outerTpid: 0x88a8, priorityTags: 'never' }

export function portVlanOf({
  tag,
  vlanMode,
  trunks,
  cvlans = [],
  otherConfig,
}: Pick<OvsPort, 'tag' | 'vlanMode' | 'trunks' | 'cvlans' | 'otherConfig'>): PortVlan {
  const mode = modeOf(vlanMode, tag)
  const vlan = mode === 'trunk' ? -1 : (tag ?? 0)
  const priorityTags = otherConfig['priority-tags']
  return {
    mode,
    vlan,
    trunks: trunksOf(mode, vlan, mode === 'dot1q-tunnel' ? cvlans : trunks),
    outerTpid: otherConfig['qinq-ethtype'] === '802.1q' ? 0x8100 : 0x88a8,
    priorityTags: priorityTags === 'always' ? 'always' : priorityTags === 'if-nonzero' || priorityTags === 'true' ? 'if-nonzero' : 'never',
  }
}

function modeOf(vlanMode: string | null, tag: number | null): Mode {
  if (vlanMode === null) return tag === null ? 'trunk' : 'access'
  return MODES.find((mode) => mode === vlanMode) ?? 'trunk'
}

/** A native port always carries its own VLAN and never VLAN 0 (bundle_set of ofproto-dpif.c). */
function trunksOf(mode: Mode, vlan: number, trunks: readonly number[]): ReadonlySet<number> | null {
  const given = trunks.length === 0 ? null : new Set(trunks)
  if (mode === 'access') return null
  if (mode !== 'native-tagged' && mode !== 'native-untagged') return given
  if (vlan === 0) return given
  const all = given ?? new Set(Array.from({ length: 4096 }, (_, id) => id))
  all.add(vlan)
  all.delete(0)
  return all
}

const carries = ({ trunks }: PortVlan, vid: number): boolean => trunks === null || trunks.has(vid)

export function tagsOf(packet: Packet): Tags {
  const outer = tagAt(packet, 'vlan_tci', 'vlan_tpid')
  return outer ? [outer, tagAt(packet, 'vlan_tci1', 'vlan_tpid1') ?? NONE] : [NONE, NONE]
}

function tagAt(packet: Packet, tciName: string, tpidName: string): Tag | null {
  const tci = packet.get(tciName)
  return (tci & CFI) === 0 ? null : { tpid: packet.get(tpidName), vid: tci & VID, pcp: tci & PCP }
}

export function accepts(port: PortVlan, vid: number): boolean {
  if (port.mode === 'access') return vid === 0
  if ((port.mode === 'native-tagged' || port.mode === 'native-untagged') && vid === 0) return true
  return carries(port, vid)
}

/** The tags that the frame has inside the bridge. */
export function tagsInside(port: PortVlan, [outer, inner]: Tags): Tags {
  const own: Tag = { tpid: outer.tpid || 0x8100, vid: port.vlan, pcp: outer.pcp }
  switch (port.mode) {
    case 'access':
      return [own, NONE]
    case 'trunk':
      return [outer, inner]
    case 'dot1q-tunnel':
      return [{ tpid: port.outerTpid, vid: port.vlan, pcp: 0 }, outer]
    default:
      return outer.vid === 0 ? [own, inner] : [outer, inner]
  }
}

export function includes(port: PortVlan, [outer, inner]: Tags): boolean {
  if (port.mode === 'access') return outer.vid === port.vlan && inner.vid === 0
  if (port.mode === 'dot1q-tunnel') return outer.vid === port.vlan && carries(port, inner.vid)
  return carries(port, outer.vid)
}

function tagsOutside(port: PortVlan, [outer, inner]: Tags): Tags {
  switch (port.mode) {
    case 'access':
      return [NONE, NONE]
    case 'dot1q-tunnel':
      return [inner, NONE]
    case 'native-untagged':
      return outer.vid === port.vlan ? [inner, NONE] : [outer, inner]
    default:
      return [outer, inner]
  }
}

/** What stands in a packet's fields of either tag: priority bits of the outer one, and the types, which outlast the tags. */
interface Headers {
  readonly pcp: number
  readonly tpids: readonly [outer: number, inner: number]
}

export const headersOf = (packet: Packet): Headers => ({
  pcp: packet.get('vlan_tci') & PCP,
  tpids: [packet.get('vlan_tpid'), packet.get('vlan_tpid1')],
})

/** Writes the tags with which the frame leaves by this port (xvlan_put). */
export function putTagsOutside(packet: Packet, port: PortVlan, inside: Tags, { pcp: pcpBefore, tpids }: Headers): void {
  const [outer, inner] = tagsOutside(port, inside)
  const pcp = port.priorityTags === 'never' ? outer.pcp : pcpBefore
  putTag(packet, 'vlan_tci', 'vlan_tpid', { ...outer, pcp }, port.priorityTags, tpids[0])
  putTag(packet, 'vlan_tci1', 'vlan_tpid1', inner, port.priorityTags, tpids[1])
}

function putTag(packet: Packet, tci: string, tpid: string, tag: Tag, priorityTags: PortVlan['priorityTags'], tpidBefore: number): void {
  const bits = tag.vid | tag.pcp
  const isTagged = bits !== 0 || (priorityTags === 'always' && tag.tpid !== 0)
  packet.set(tpid, isTagged ? tag.tpid || 0x8100 : tpidBefore)
  packet.set(tci, isTagged ? bits | CFI : 0)
}
