// What one bridge does with the packets of a path: the unicast frame, and the ARP request before it, as they come to it by design.
// Each bridge is asked alone, so that a fault before it hides nothing of what it would do; the whole way is followed in follow-leg.ts.

import type { Frame, VlanTag } from '../walk/frame'
import type { Switch } from '../walk/openflow/switch'
import { traceSwitch } from '../walk/openflow/trace-switch'
import type { BridgeVisit, TunnelKey } from '../walk/openflow/visit'
import { arpFrame, unicastFrame } from './packets'
import type { PathSide } from './path-side'

export interface BridgeTrace {
  readonly bridge: string
  readonly unicast: BridgeVisit
  /** null where the sender's address is not known: anti-spoofing could not be judged. */
  readonly arp: BridgeVisit | null
}

export interface BridgeEntry {
  readonly bridge: string
  readonly port: string
  readonly vlans: readonly VlanTag[]
  readonly tunnel: TunnelKey | null
}

export function traceBridge(sw: Switch, { bridge, port, vlans, tunnel }: BridgeEntry, from: PathSide, to: PathSide): BridgeTrace {
  const visit = (frame: Frame) => traceSwitch(sw, { bridge, port, frame: { ...frame, vlans }, tunnel })
  return { bridge, unicast: visit(unicastFrame(from, to)), arp: from.endpoint.ipAddress === null ? null : visit(arpFrame(from, to)) }
}

/** A flow that the packet hits; `key` as `flowKey` makes it. */
export interface Hit {
  readonly key: string
  readonly table: number
  readonly priority: number
  readonly match: string
}

function hitOf(key: string): Hit {
  const [, table, priority, ...match] = key.split('/')
  return { key, table: Number(table), priority: Number(priority), match: match.join('/') }
}

/** In the order in which they are hit. */
export const hitsOf = ({ causes }: Pick<BridgeVisit, 'causes'>): Hit[] =>
  causes.flatMap((cause) => (cause.kind === 'flow' ? [hitOf(cause.ref)] : []))

/** Those of them that change the VLAN tags. */
export function translationsOf({ in: { vlans }, causes }: BridgeVisit): Hit[] {
  let before = tagsOf(vlans)
  return causes.flatMap((cause) => {
    if (cause.kind !== 'flow' || !cause.changed || tagsOf(cause.changed.vlans) === before) return []
    before = tagsOf(cause.changed.vlans)
    return [hitOf(cause.ref)]
  })
}

const tagsOf = (vlans: readonly VlanTag[]): string => vlans.map(({ vlanId }) => vlanId).join(' ')

export const tagOf = ({ vlans }: Frame): number | null => vlans[0]?.vlanId ?? null

/** The flow that hands the packet to MAC learning, and in which VLAN (0: none); null where none does. */
export function normalOf({ causes }: BridgeVisit): { readonly hit: Hit; readonly vlan: number } | null {
  const at = causes.findIndex(({ kind }) => kind === 'flood' || kind === 'mac-table')
  const flow = causes.slice(0, Math.max(at, 0)).findLast((cause) => cause.kind === 'flow')
  const cause = causes[at]
  if (flow?.kind !== 'flow' || !cause) return null
  return {
    hit: hitOf(flow.ref),
    vlan: cause.kind === 'flood' ? cause.vlan : cause.kind === 'mac-table' ? Number(cause.ref.split('/')[1]) : 0,
  }
}

/** Something is not read or not understood, or the packet has no port to come in by: no conclusion from where it does not go. */
export const isUncertain = (visit: BridgeVisit): boolean =>
  visit.end?.kind === 'unknown' || cannotEnter(visit) || visit.outputs.some(({ kind }) => kind === 'controller')

const cannotEnter = (visit: BridgeVisit): boolean =>
  visit.end?.kind === 'dropped' && visit.end.code === 'no-port' && hitsOf(visit).length === 0

/** By a flow, or by a table without one. What MAC learning finds nobody for is not the flows' doing. */
export const isDropped = (visit: BridgeVisit): boolean =>
  visit.end?.kind === 'dropped' &&
  (visit.end.code === 'no-flow' || visit.end.code === 'flow-drops') &&
  visit.outputs.length === 0 &&
  normalOf(visit) === null
