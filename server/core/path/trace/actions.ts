// What one canonical OpenFlow action does to a packet on its way through a bridge. The parser knows all spellings
// (parse/openflow); here is only what decides where a ping of ours goes, and what must be called uncertain.

import { parseActions } from '../../parse/openflow/actions'
import type { Action } from '../../parse/openflow/action'
import { noPortNames } from '../../parse/openflow/port-name'
import type { TracePacket } from './trace-packet'

/** `uncertain` is an action whose outcome is not known without the datapath: conntrack, groups, clones. */
export type Effect =
  | { readonly kind: 'change'; readonly packet: TracePacket }
  | { readonly kind: 'goto'; readonly table: number }
  | { readonly kind: 'output'; readonly port: string }
  | { readonly kind: 'normal' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'uncertain' }

const nothing: Effect = { kind: 'nothing' }
const uncertain: Effect = { kind: 'uncertain' }

/** Actions by name that leave both the packet's way and the header that we follow alone. */
const HARMLESS = new Set(['meter', 'note', 'move', 'load', 'set_queue', 'pop_queue', 'dec_ttl', 'fin_timeout', 'sample'])

/** null: the text is none that we know, so nothing may be concluded from this flow. */
export function readActions(text: string): readonly Action[] | null {
  const result = parseActions(text, { ports: noPortNames, hasVlanTag: true })
  return result.ok ? result.value : null
}

export function applyAction(action: Action, packet: TracePacket): Effect {
  switch (action.kind) {
    case 'normal':
      return { kind: 'normal' }
    case 'output':
      return { kind: 'output', port: action.port === 'IN_PORT' ? packet.inPort : unquoted(action.port) }
    case 'resubmit':
      return action.table === null ? uncertain : { kind: 'goto', table: action.table }
    case 'push-vlan':
      return change(packet, { vlan: packet.vlan ?? 0 })
    case 'set-vlan':
      return change(packet, { vlan: action.vlanId })
    case 'strip-vlan':
      return change(packet, { vlan: null })
    case 'set-tunnel':
      return change(packet, { tunnelId: Number(action.tunnelId) })
    case 'set-field':
      return setField(packet, action.field, action.value)
    case 'other':
      return HARMLESS.has(action.name) ? nothing : uncertain
    default:
      return nothing
  }
}

const change = (packet: TracePacket, patch: Partial<TracePacket>): Effect => ({ kind: 'change', packet: { ...packet, ...patch } })
const unquoted = (port: string) => port.replaceAll('"', '')

function setField(packet: TracePacket, field: string, value: string): Effect {
  if (field === 'vlan_tci') return change(packet, { vlan: (Number(value) & 0x1000) === 0 ? null : Number(value) & 0xfff })
  if (field === 'dl_src') return change(packet, { sourceMac: value })
  if (field === 'dl_dst') return change(packet, { destinationMac: value })
  return nothing
}
