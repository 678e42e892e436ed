// Chooses the flows whose n_packets must move when this path's frames cross a bridge. Patch ports cannot be captured
// (reference §19: mirrors do not see them), so they are proven by the flows before and behind them.

import { bridgeOfKey, flowKey } from '../host/flow'
import { TUNNEL_BRIDGE } from '../naming'
import { type BridgeTrace, type Hit, hitsOf, isDropped } from './bridge-trace'
import type { Proof } from './path'
import type { PathSide } from './path-side'

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
 * of its sides, because neither mirrors nor tcpdump see it (reference §19).
 */
export function counterProof(side: PathSide, bridge: string, hits: readonly (Hit | null)[], extraKeys: readonly string[] = []): Proof {
  if (!side.view) return { method: 'none', reason: { code: 'host-unread', params: { host: side.host.name } } }
  const keys = hits.flatMap((hit) => hit?.key ?? [])
  const bridges = [bridge, ...keys.map(bridgeOfKey)]
  const unread = bridges.flatMap((name) => side.view?.unknownPart('flows', { bridge: name }) ?? [])[0]
  if (unread !== undefined) return { method: 'none', reason: { code: 'flows-unknown', params: { part: unread } } }
  return { method: 'flow-counter', bridge, flowKeys: [...new Set([...keys, ...extraKeys])] }
}

/** Learned by br-tun T10 while frames come in; replaces flooding as soon as the other side has spoken (reference §7). */
export const learnedKey = (vlan: number, mac: string): string =>
  flowKey({ bridge: TUNNEL_BRIDGE, table: 20, priority: 1, match: `dl_dst=${mac},vlan_tci=0x${vlan.toString(16).padStart(4, '0')}/0x0fff` })
