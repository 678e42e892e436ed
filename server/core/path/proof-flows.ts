// Chooses the flows whose n_packets must move when this path's frames cross a bridge. Patch ports cannot be captured
// (docs/reference/open-vswitch.md: mirrors do not see them), so they are proven by the flows before and behind them.

import { bridgeOfKey, flowKey } from '../host/flow'
import { TUNNEL_BRIDGE } from '../naming'
import type { Frame } from '../walk/frame'
import { type BridgeTrace, type Hit, hitsOf, isDropped } from './bridge-trace'
import type { Proof } from './path'
import type { PathSide } from './path-side'

const FLOOD_TABLE = 22

/** The hit that says most about the frame: the one that moves for this path and little else. */
export function tellingFlow(trace: BridgeTrace | null): Hit | null {
  if (!trace || isDropped(trace.unicast)) return null
  return hitsOf(trace.unicast).reduce<Hit | null>((best, hit) => (best && weigh(best) >= weigh(hit) ? best : hit), null)
}

/** Fields of the frame say more than the port it came by; "any unicast" (a masked MAC) says nothing. */
function weigh({ match }: Hit): number {
  const terms = match.split(',').filter((term) => term.includes('=') && !/^dl_(?:src|dst)=.*\//.test(term))
  return terms.reduce((sum, term) => sum + (term.startsWith('in_port=') ? 1 : 2), 0)
}

/** Anti-spoofing takes ARP in by a flow of its own: a guest that asks in vain sends nothing else. */
export const entryFlows = (trace: BridgeTrace | null): readonly Hit[] =>
  !trace || isDropped(trace.unicast) ? [] : [trace.unicast, trace.arp].flatMap((visit) => (visit && hitsOf(visit)[0]) ?? [])

/**
 * Flow keys of one bridge are alternatives, and each bridge named must count the frames: a patch port is proven on both
 * of its sides, because neither mirrors nor tcpdump see it.
 */
export function counterProof(side: PathSide, bridge: string, hits: readonly (Hit | null)[], extraKeys: readonly string[] = []): Proof {
  if (!side.view) return { method: 'none', reason: { code: 'host-unread', params: { host: side.host.name } } }
  const keys = hits.flatMap((hit) => hit?.key ?? [])
  const bridges = [bridge, ...keys.map(bridgeOfKey)]
  const unread = bridges.flatMap((name) => side.view?.unknownPart('flows', { bridge: name }) ?? [])[0]
  if (unread !== undefined) return { method: 'none', reason: { code: 'flows-unknown', params: { part: unread } } }
  return { method: 'flow-counter', bridge, flowKeys: [...new Set([...keys, ...extraKeys])] }
}

/**
 * Flows that take over from `hit` while the path is measured: br-tun floods (T22) to a MAC that it has yet to learn, and its T10 learns it as
 * soon as the owner speaks (docs/reference/tunnel-bridge.md).
 */
export function learnedKeys(hit: Hit | null, { vlans, destinationMac }: Frame): string[] {
  if (hit?.table !== FLOOD_TABLE || bridgeOfKey(hit.key) !== TUNNEL_BRIDGE) return []
  const vlan = (vlans[0]?.vlanId ?? 0).toString(16).padStart(4, '0')
  return [flowKey({ bridge: TUNNEL_BRIDGE, table: 20, priority: 1, match: `dl_dst=${destinationMac},vlan_tci=0x${vlan}/0x0fff` })]
}
