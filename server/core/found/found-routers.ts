// Routers of hosts that somebody else wired: namespaces qrouter-<router id> with an interface in each network they join
// (reference §3, §9.3). A distributed one stands on many hosts, with the same addresses on each.

import type { HostObservation } from '../host/observation'
import { HostView } from '../path/host-view'
import { foundPorts } from './found-ports'

const PREFIX = 'qrouter-'

export interface RouterBetween {
  readonly id: string
  /** Of its interfaces, by network. */
  readonly macs: ReadonlyMap<string, string>
}

/** Those that have an interface in both networks, wherever they stand. */
export function routersBetween(observations: Iterable<HostObservation>, networkIds: readonly [string, string]): RouterBetween[] {
  const routers = new Map<string, Map<string, string>>()
  for (const { kind, inside, networkId, macAddress } of foundPorts([...observations].map((observation) => new HostView(observation)))) {
    if (kind !== 'router' || !inside) continue
    const id = inside.netns.slice(PREFIX.length)
    routers.set(id, (routers.get(id) ?? new Map<string, string>()).set(networkId, macAddress))
  }
  return [...routers].flatMap(([id, macs]) => (networkIds.every((each) => macs.has(each)) ? [{ id, macs }] : []))
}
