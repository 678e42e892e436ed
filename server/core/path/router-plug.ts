// How the port of a router that was found is plugged on its host: what Neutron's interface drivers make, and no design of ours has
// (docs/reference/hybrid-plug.md).

import type { InsidePlace } from '../compile/agent-driver'
import { driverOf } from '../compile/agent-drivers'
import { hostScope } from '../compile/scope'
import { mergeHostStates, type HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { Topology } from '../topology/topology'
import { endPlaceOf } from './end-place'
import { ovsPortOf, type PathSide } from './path-side'

/** `topology`: with what the path needs of the host. */
export function withRouterPort(state: HostState, topology: Topology, side: PathSide): HostState {
  const place = endPlaceOf(side)
  if (side.endpoint.kind !== 'router' || !place) return state
  const scope = hostScope(topology, side.host.id)
  const plug = driverOf(side.host).plugInside(scope, side.port, scope.network(side.network.id), place)
  const plugged = ovsPortOf(side)?.name ?? place.device
  return mergeHostStates([
    state,
    { namespaces: [{ name: place.netns, owner: null }] },
    plugged === place.device ? plug : asPair(plug, place, plugged),
  ])
}

/** Without internal ports: the other end of a veth pair is on br-int (ovs_use_veth). */
function asPair(plug: Partial<HostState>, { netns, device }: InsidePlace, plugged: string): Partial<HostState> {
  const ends = ({ macAddress, ...link }: Link): Link[] => [
    { ...link, ...(macAddress !== undefined && { macAddress }), type: 'veth', peer: { netns: '', name: plugged } },
    { ...link, netns: '', name: plugged, type: 'veth', peer: { netns, name: device } },
  ]
  return {
    links: plug.links?.flatMap(ends) ?? [],
    ovsPorts: plug.ovsPorts?.map((port) => ({ ...port, name: plugged, interface: { ...port.interface, type: '' } })) ?? [],
  }
}
