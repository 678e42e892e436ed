// Which host has what: the ports that stand on it, the networks that these pull in, the DHCP servers that run there. A port may
// stand on many hosts at once (Neutron's distributed binding), so nothing asks a port for *its* host to find out where it is;
// `Port.hostId` is the operator's binding, from which this follows. One index per topology, built when first asked for.

import { oncePer } from '../once-per'
import { findById } from './find'
import type { Host } from './kinds/host/host'
import type { DeviceOwner, Port } from './kinds/port/port'
import type { Topology } from './topology'

export interface Presence {
  /** In the order of the topology's hosts; empty for a port that is not bound. */
  readonly hostsOfPort: (portId: string) => readonly Host[]
  /** Every host with at least one port of it. */
  readonly hostsOfNetwork: (networkId: string) => readonly Host[]
  readonly portsOn: (hostId: string) => readonly Port[]
  readonly portsOfNetwork: (networkId: string) => readonly Port[]
  /** Ids of the networks that are wired on a host. */
  readonly networksOn: (hostId: string) => ReadonlySet<string>
  /** Hosts on which a network's DHCP servers run. */
  readonly dhcpHostsOf: (networkId: string) => readonly Host[]
  readonly isOn: (portId: string, hostId: string) => boolean
}

/** Ids of the hosts that a port of some owner stands on. */
export type Placement = (port: Port, topology: Topology) => readonly string[]

const whereBound: Placement = ({ hostId }) => (hostId === null ? [] : [hostId])
const whereDistributed: Placement = ({ distributedOn = [] }) => distributedOn

/** One row per device owner: what a new kind of port has to say about where it is. */
const placements: Readonly<Record<DeviceOwner, Placement>> = {
  '': whereBound,
  'compute:nova': whereBound,
  'network:dhcp': whereBound,
  'trunk:subport': whereBound,
  'network:router_interface': whereBound,
  'network:router_interface_distributed': whereDistributed,
  'network:router_gateway': whereBound,
}

export const placeOf: Placement = (port, topology) => placements[port.deviceOwner](port, topology)

export const presenceOf = oncePer((topology: Topology): Presence => indexPresence(topology, ({ deviceOwner }) => placements[deviceOwner]))

/** `placementOf`: the rule that a port follows. */
export function indexPresence(topology: Topology, placementOf: (port: Port) => Placement): Presence {
  const places = topology.ports.map((port) => ({ port, hostIds: new Set(placementOf(port)(port, topology)) }))
  const hostIdsOf = new Map(places.map(({ port, hostIds }) => [port.id, hostIds]))
  const onHost = groupMany(places, ({ hostIds }) => hostIds)
  const ofNetwork = groupMany(places, ({ port }) => [port.networkId])
  const hostsIn = (ids: ReadonlySet<string>): readonly Host[] =>
    // Nearly every port is on one host at most, and is asked for by the thousand.
    ids.size > 1 ? topology.hosts.filter(({ id }) => ids.has(id)) : [...ids].flatMap((id) => findById(topology.hosts, id) ?? [])
  const hostsOf = (found: readonly Placed[]): readonly Host[] => hostsIn(new Set(found.flatMap(({ hostIds }) => [...hostIds])))
  const inNetwork = (networkId: string): readonly Placed[] => ofNetwork.get(networkId) ?? []
  return {
    hostsOfPort: (portId) => hostsIn(hostIdsOf.get(portId) ?? new Set()),
    hostsOfNetwork: (networkId) => hostsOf(inNetwork(networkId)),
    portsOn: (hostId) => (onHost.get(hostId) ?? []).map(({ port }) => port),
    portsOfNetwork: (networkId) => inNetwork(networkId).map(({ port }) => port),
    networksOn: (hostId) => new Set((onHost.get(hostId) ?? []).map(({ port }) => port.networkId)),
    dhcpHostsOf: (networkId) => hostsOf(inNetwork(networkId).filter(({ port }) => port.deviceOwner === 'network:dhcp')),
    isOn: (portId, hostId) => hostIdsOf.get(portId)?.has(hostId) ?? false,
  }
}

interface Placed {
  readonly port: Port
  readonly hostIds: ReadonlySet<string>
}

function groupMany(places: readonly Placed[], keysOf: (placed: Placed) => Iterable<string>): ReadonlyMap<string, readonly Placed[]> {
  const groups = new Map<string, Placed[]>()
  for (const placed of places) {
    for (const key of keysOf(placed)) {
      const group = groups.get(key)
      if (group) group.push(placed)
      else groups.set(key, [placed])
    }
  }
  return groups
}
