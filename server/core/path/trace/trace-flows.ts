// Walks a packet through the flow tables of one bridge, as `ovs-appctl ofproto/trace` does, but over flows that were
// read once. It answers which flows must count the packet, where the header changes, and which flow or table drops it.
// What it cannot know (conntrack, groups, unknown fields) makes the trace uncertain instead of wrong.

import type { Flow } from '../../host/flow'
import { applyAction, readActions } from './actions'
import { matchPacket, type TracePacket } from './trace-packet'

export interface TraceOutput {
  readonly port: string
  readonly vlan: number | null
  readonly tunnelId: number | null
}

export interface Trace {
  /** Flows that the packet hits, in order. */
  readonly hits: readonly Flow[]
  /** Those of them that change the VLAN tag or the tunnel id. */
  readonly translations: readonly Flow[]
  readonly outputs: readonly TraceOutput[]
  /** Handed to MAC learning, with this tag in the header; the tag of an access port comes on top of it. */
  readonly normal: { readonly vlan: number | null } | null
  /** Table in which no flow matched. OpenFlow drops on a miss. */
  readonly missedTable: number | null
  /** Something on the way is not understood here; no conclusion may be drawn from a drop. */
  readonly isUncertain: boolean
}

/** OVS itself gives up after 64 levels (ofproto-dpif-xlate.c, MAX_DEPTH). */
const MAX_DEPTH = 64

export function traceFlows(flows: readonly Flow[], packet: TracePacket): Trace {
  const walk = new Walk(flows)
  walk.enter(0, packet, 0)
  return walk
}

export const isDropped = (trace: Trace): boolean =>
  !trace.isUncertain && trace.normal === null && trace.outputs.length === 0

/** The flow that ended the packet; null when a table missed. */
export const dropFlow = (trace: Trace): Flow | null => (trace.missedTable === null ? (trace.hits.at(-1) ?? null) : null)

class Walk implements Trace {
  readonly hits: Flow[] = []
  readonly translations: Flow[] = []
  readonly outputs: TraceOutput[] = []
  normal: Trace['normal'] = null
  missedTable: number | null = null
  isUncertain = false
  readonly #flows: readonly Flow[]

  constructor(flows: readonly Flow[]) {
    this.#flows = [...flows].sort((left, right) => right.priority - left.priority)
  }

  enter(table: number, packet: TracePacket, depth: number): TracePacket {
    const flow = this.#lookup(table, packet)
    if (!flow || depth > MAX_DEPTH) {
      this.missedTable = table
      this.isUncertain ||= depth > MAX_DEPTH
      return packet
    }
    this.hits.push(flow)
    return this.#run(flow, packet, depth)
  }

  #lookup(table: number, packet: TracePacket): Flow | undefined {
    for (const flow of this.#flows) {
      if (flow.table !== table) continue
      const answer = matchPacket(flow.match, packet)
      if (answer === 'yes') return flow
      this.isUncertain ||= answer === 'unknown'
    }
    return undefined
  }

  #run(flow: Flow, start: TracePacket, depth: number): TracePacket {
    const actions = readActions(flow.actions)
    this.isUncertain ||= actions === null
    return (actions ?? []).reduce((packet, action) => {
      const effect = applyAction(action, packet)
      if (effect.kind === 'change') return this.#change(flow, packet, effect.packet)
      if (effect.kind === 'goto') return this.enter(effect.table, packet, depth + 1)
      if (effect.kind === 'output') this.outputs.push({ port: effect.port, vlan: packet.vlan, tunnelId: packet.tunnelId })
      if (effect.kind === 'normal') this.normal = { vlan: packet.vlan }
      if (effect.kind === 'uncertain') this.isUncertain = true
      return packet
    }, start)
  }

  #change(flow: Flow, before: TracePacket, after: TracePacket): TracePacket {
    const hasNewHeader = before.vlan !== after.vlan || before.tunnelId !== after.tunnelId
    if (hasNewHeader && this.translations.at(-1) !== flow) this.translations.push(flow)
    return after
  }
}
