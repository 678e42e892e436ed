// Chooses the flows whose n_packets must move when this path's frames cross a bridge. Patch ports cannot be captured
// (reference §19: mirrors do not see them), so they are proven by the flows before and behind them.

import { flowKey, type Flow } from '../host/flow'
import { TUNNEL_BRIDGE } from '../naming'
import type { Proof } from './path'
import type { PathSide } from './path-side'
import type { BridgeTrace } from './side-traces'
import { isDropped } from './trace/trace-flows'

/** The hit that says most about the frame: the one that moves for this path and little else. */
export function tellingFlow({ unicast }: BridgeTrace): Flow | null {
  if (isDropped(unicast)) return null
  return unicast.hits.reduce<Flow | null>((best, flow) => (best && weigh(best) >= weigh(flow) ? best : flow), null)
}

/** Fields of the frame say more than the port it came by; "any unicast" (a masked MAC) says nothing. */
function weigh({ match }: Flow): number {
  const terms = match.split(',').filter((term) => term.includes('=') && !/^dl_(?:src|dst)=.*\//.test(term))
  return terms.reduce((sum, term) => sum + (term.startsWith('in_port=') ? 1 : 2), 0)
}

export const entryFlow = ({ unicast }: BridgeTrace): Flow | null => (isDropped(unicast) ? null : (unicast.hits[0] ?? null))

/**
 * Flow keys of one bridge are alternatives, and each bridge named must count the frames: a patch port is proven on both
 * of its sides, because neither mirrors nor tcpdump see it (reference §19).
 */
export function counterProof(side: PathSide, bridge: string, flows: readonly (Flow | null)[], extraKeys: readonly string[] = []): Proof {
  if (!side.view) return { method: 'none', reason: `${side.host.name} has not been read yet` }
  const keys = flows.flatMap((flow) => (flow ? [flowKey(flow)] : []))
  return { method: 'flow-counter', bridge, flowKeys: [...new Set([...keys, ...extraKeys])] }
}

/** Learned by br-tun T10 while frames come in; replaces flooding as soon as the other side has spoken (reference §7). */
export const learnedKey = (vlan: number, mac: string): string =>
  flowKey({ bridge: TUNNEL_BRIDGE, table: 20, priority: 1, match: `dl_dst=${mac},vlan_tci=0x${vlan.toString(16).padStart(4, '0')}/0x0fff` })
