// Whether the flows of a bridge let this path's packets pass, and if not, which one ends them and what that means.

import { type BridgeTrace, hitsOf, isDropped } from '../bridge-trace'
import { diagnoseDrop } from '../diagnosis'
import type { Problem } from '../hop'
import type { PathSide } from '../path-side'

/** Why the flows of a bridge would drop this path's packets, ARP first since nothing follows without it. */
export function checkTrace(trace: BridgeTrace | null, side: PathSide, peer: PathSide): Problem {
  const dropped = [trace?.arp, trace?.unicast].find((visit) => visit && isDropped(visit))
  if (!trace || !dropped) return null
  const miss = dropped.causes.findLast((cause) => cause.kind === 'table-miss')
  const flow = hitsOf(dropped).at(-1) ?? null
  const drop = miss ? { table: miss.kind === 'table-miss' ? miss.table : 0, flow: null } : { table: flow?.table ?? 0, flow }
  const sender = side.end === 'source' ? side : peer
  const what = dropped === trace.arp ? 'arp-requests' : 'frames'
  const meant = diagnoseDrop({ bridge: trace.bridge, ...drop }, { side, sender, senderIp: sender.endpoint.ipAddress })
  return { code: 'dropped-by-flow', params: { what, label: sender.endpoint.label, drop: meant } }
}
