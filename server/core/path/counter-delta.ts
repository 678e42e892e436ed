// How much a flow has counted between two readings. Flows that were re-added meanwhile start from 0 again, which shows in
// a duration that went back; such a growth is a lower bound and says so.

import { bridgeOfKey, type Flow } from '../host/flow'

export interface FlowGrowth {
  /** null: the flow was gone at the second reading, or the switch does not tell its count. */
  readonly packets: number | null
  readonly wasReset: boolean
}

export type FlowsByKey = ReadonlyMap<string, Flow>

export function flowGrowth(before: FlowsByKey, after: FlowsByKey, key: string): FlowGrowth {
  const [first, second] = [before.get(key), after.get(key)]
  if (!second) return { packets: first ? null : 0, wasReset: first !== undefined }
  if (second.packets === undefined || (first && first.packets === undefined)) return { packets: null, wasReset: false }
  const [from, to] = [first?.packets ?? 0, second.packets]
  const isYounger = first !== undefined && (second.durationS ?? 0) < (first.durationS ?? 0)
  return isYounger || to < from ? { packets: to, wasReset: true } : { packets: to - from, wasReset: false }
}

/**
 * Growth of the flows that prove one hop: those of one bridge are alternatives and add up, and every bridge named must
 * have counted, so the smallest sum is what crossed the hop. `othersOn` a bridge are packets of the other direction that these flows count too.
 */
export function growthOfHop(
  keys: readonly string[],
  growthOf: (key: string) => FlowGrowth,
  othersOn: (bridge: string) => number = () => 0,
): FlowGrowth {
  const sums = new Map<string, FlowGrowth>()
  for (const key of keys) {
    const bridge = bridgeOfKey(key)
    const [sum, growth] = [sums.get(bridge) ?? { packets: 0, wasReset: false }, growthOf(key)]
    const packets = sum.packets === null && growth.packets === null ? null : (sum.packets ?? 0) + (growth.packets ?? 0)
    sums.set(bridge, { packets, wasReset: sum.wasReset || growth.wasReset })
  }
  const counted = [...sums].map(([bridge, { packets }]) => Math.max(0, (packets ?? 0) - othersOn(bridge)))
  return { packets: counted.length === 0 ? 0 : Math.min(...counted), wasReset: [...sums.values()].some(({ wasReset }) => wasReset) }
}

/** A hop by what proves it: what it is of, and the flows that count there. */
interface CountedHop {
  readonly device: string
  readonly keys: readonly string[]
}

/** How often hops cross a bridge by one of the flows. A patch port is proven by the flows of the bridge before it, which is crossed once for both. */
export function crossingsBy(keys: readonly string[], hops: readonly CountedHop[], bridge: string): number {
  const sharing = hops.filter((hop) => hop.keys.some((key) => bridgeOfKey(key) === bridge && keys.includes(key)))
  return sharing.length === 0 ? 0 : Math.max(1, sharing.filter(({ device }) => device === bridge).length)
}

/** Flows that do nothing but drop: what they counted says where frames ended. */
export function dropGrowths(hostId: string, before: FlowsByKey, after: FlowsByKey) {
  return [...after].flatMap(([key, flow]) => {
    if (flow.actions !== 'drop') return []
    const packets = flowGrowth(before, after, key).packets ?? 0
    return packets > 0 ? [{ hostId, flow, packets }] : []
  })
}
