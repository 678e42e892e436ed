// A flow as people say it. Flow keys are `bridge/table/priority/match` (host/flow.ts); bridge names hold no slash.

import type { Flow } from '../host/flow'

export type FlowIdentity = Pick<Flow, 'bridge' | 'table' | 'priority' | 'match'>

const FLOW_KEY = /^([^/]+)\/(\d+)\/(\d+)\/(.*)$/

export function parseFlowKey(key: string): FlowIdentity | null {
  const match = FLOW_KEY.exec(key)
  if (!match) return null
  return { bridge: match[1]!, table: Number(match[2]), priority: Number(match[3]), match: match[4]! }
}

/** "br-int T24 p2 arp,arp_spa=10.0.5.9"; a flow without a match is "any". */
export const explainFlow = (flow: FlowIdentity): string =>
  `${flow.bridge} T${flow.table} p${flow.priority} ${flow.match === '' ? 'any' : flow.match}`

/** As `ovs-ofctl dump-flows` would print it, without counters. */
export function flowText(flow: FlowIdentity & { readonly actions?: string }): string {
  const head = `table=${flow.table}, priority=${flow.priority}${flow.match === '' ? '' : `,${flow.match}`}`
  return flow.actions === undefined ? head : `${head} actions=${flow.actions}`
}

/** Shows the flow on its host, counters and all; a loose match, so flows that refine it are shown too. */
export function dumpFlowArgv(flow: FlowIdentity): readonly string[] {
  const filter = flow.match === '' ? `table=${flow.table}` : `table=${flow.table},${flow.match}`
  return ['ovs-ofctl', '--names', 'dump-flows', flow.bridge, filter]
}
