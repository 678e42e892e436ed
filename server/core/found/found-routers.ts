// Routers of hosts that somebody else wired: namespaces qrouter-<router id> with an interface in each network they join
// (docs/reference/routers.md). A distributed one stands on many hosts, with the same addresses on each; of one that is highly available
// every host has the devices, and one the addresses.

import type { HostObservation } from '../host/observation'
import { routerNamespace } from '../naming'
import { HostView } from '../path/host-view'
import type { Port } from '../topology/kinds/port/port'
import { ownAddresses } from './found-addresses'
import type { FoundPort } from './found-port'
import { foundPorts } from './found-ports'

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
    const id = routerOf(inside.netns)
    routers.set(id, (routers.get(id) ?? new Map<string, string>()).set(networkId, macAddress))
  }
  return [...routers].flatMap(([id, macs]) => (networkIds.every((each) => macs.has(each)) ? [{ id, macs }] : []))
}

const routerOf = (netns: string): string => netns.slice(routerNamespace('').length)

/** What its agents tell each other by (ha-) is an interface of no network of a user's. */
export const isInterface = ({ inside }: FoundPort): boolean => /^q[rg]-/.test(inside?.name ?? '')

/** As Neutron has it; `all`: what was found of every port. */
export function routerPort(
  found: FoundPort,
  all: readonly FoundPort[],
): Pick<Port, 'name' | 'hostId' | 'distributedOn' | 'deviceOwner' | 'deviceId'> {
  const { netns = '', name = '' } = found.inside ?? {}
  const [first, ...others] = hostsOf(found, all)
  const owner = name.startsWith('qg-') ? 'network:router_gateway' : 'network:router_interface'
  const device = { name, deviceId: routerOf(netns) }
  return first !== undefined && others.length > 0
    ? { ...device, hostId: null, distributedOn: [first, ...others], deviceOwner: 'network:router_interface_distributed' }
    : { ...device, hostId: first ?? null, deviceOwner: owner }
}

/** Where it has its address. Where nobody could read that, it may; where it has none anywhere, it stands where its device is. */
function hostsOf({ portId }: FoundPort, all: readonly FoundPort[]): string[] {
  const same = all.filter((each) => each.portId === portId)
  const mayAnswer = same.filter(
    (each) => ownAddresses(each).length > 0 || each.view.unknownPart('addresses', { netns: each.inside?.netns ?? '' }) !== null,
  )
  return [...new Set((mayAnswer.length > 0 ? mayAnswer : same).map(({ view }) => view.observation.hostId))]
}
