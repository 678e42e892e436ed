// Rules of iptables and ebtables that ended packets during the ping, and which of them is the cause of a loss inside a Linux bridge:
// one on the host where the packets are missing, that counted at least as many as are missing.

import { type FilterCounter, filterKey } from '../parse/net/filter-counters'
import type { TrafficKind } from './traffic-kinds'
import type { Role, PathHop } from './path'

export interface FilterGrowth {
  readonly hostId: string
  readonly rule: FilterCounter
  readonly packets: number
}

/** Where frames are in a Linux bridge, on their way into one or out of it. Open vSwitch asks no iptables. */
const BRIDGED: ReadonlySet<Role> = new Set<Role>(['tap', 'tap-vlan', 'qbr', 'qvb', 'qvo', 'brq', 'vlan-device', 'vxlan-device'])

/** A rule that was put elsewhere meanwhile, or is new, has counted what it shows. */
export function filterGrowths(hostId: string, before: readonly FilterCounter[], after: readonly FilterCounter[]): FilterGrowth[] {
  const first = new Map(before.map((counter) => [filterKey(counter), counter.packets]))
  return after.flatMap((rule) => {
    const from = first.get(filterKey(rule)) ?? 0
    const packets = rule.packets >= from ? rule.packets - from : rule.packets
    return packets > 0 ? [{ hostId, rule, packets }] : []
  })
}

/** `suspects`: hops between the last that saw the packets and the first that did not. ARP passes iptables by. */
export function guiltyRule(
  growths: readonly FilterGrowth[],
  suspects: readonly PathHop[],
  kind: TrafficKind,
  lost: number,
): FilterGrowth | null {
  const hosts = new Set(suspects.filter(({ role }) => BRIDGED.has(role)).map(({ place: { hostId } }) => hostId))
  const could = growths.filter(
    ({ hostId, rule, packets }) => hosts.has(hostId) && packets >= lost && (rule.family === 'bridge' || kind.startsWith('echo')),
  )
  // The closest to what is missing: a rule that ends everybody's packets counts more.
  return could.sort((left, right) => left.packets - right.packets)[0] ?? null
}
