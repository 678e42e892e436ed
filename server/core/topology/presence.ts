// Which host has what: the ports that stand on it, the networks that these pull in, the DHCP servers that run there. A port may
// stand on many hosts at once (Neutron's distributed binding), so nothing asks a port for *its* host to find out where it is;
// `Port.hostId` is the operator's binding, from which this follows. One index per topology, built when first asked for.

import { oncePer } from '../once-per'
import { hostIdsServed } from './distributed-routers'
import { findById, findInOrder } from './find'
import { dhcpPortsOf, portsOfNetwork } from './lookup'
import type { Host } from './kinds/host/host'
import type { DeviceOwner, Port } from './kinds/port/port'
import type { Topology } from './topology'

export interface Presence {
  /** In the order of the topology's hosts; empty for a port that is not bound. */
  readonly hostsOfPort: (portId: string) => readonly Host[]
  /** The same, of one that is at hand. */
  readonly hostsWith: (port: Port) => readonly Host[]
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
const nowhere: Placement = () => []
/** Somebody else's is where it was found. */
const whereDistributed: Placement = ({ distributedOn, deviceId }, { ports }) => distributedOn ?? hostIdsServed(ports, deviceId)

/** One row per device owner: what a new kind of port has to say about where it is. */
const placements: Readonly<Record<DeviceOwner, Placement>> = {
  '': whereBound,
  'compute:nova': whereBound,
  'network:dhcp': whereBound,
  'trunk:subport': whereBound,
  'network:router_interface': whereBound,
  'network:router_interface_distributed': whereDistributed,
  'network:router_gateway': whereBound,
  'network:router_centralized_snat': whereBound,
  'network:floatingip': whereBound,
  'network:floatingip_agent_gateway': whereBound,
  'network:router_centralized_fip': nowhere,
  'network:gateway_member': whereBound,
}

export const placeOf: Placement = (port, topology) => placements[port.deviceOwner](port, topology)

export const presenceOf = oncePer((topology: Topology): Presence => indexPresence(topology, ({ deviceOwner }) => placements[deviceOwner]))

/** `placementOf`: the rule that a port follows. */
export function indexPresence(topology: Topology, placementOf: (port: Port) => Placement): Presence {
  const { ports, hosts } = topology
  const hostIdsOf = (port: Port): readonly string[] => placementOf(port)(port, topology)
  const hostsWith = (port: Port): readonly Host[] => findInOrder(hosts, distinct(hostIdsOf(port)))
  const onHost = new Map<string, Port[]>()
  for (const port of ports) for (const id of distinct(hostIdsOf(port))) put(onHost, id, port)
  const hostsOf = (found: readonly Port[]): readonly Host[] => findInOrder(hosts, [...new Set(found.flatMap(hostIdsOf))])
  return {
    hostsOfPort: (portId) => {
      const port = findById(ports, portId)
      return port ? hostsWith(port) : []
    },
    hostsWith,
    hostsOfNetwork: (networkId) => hostsOf(portsOfNetwork(ports, networkId)),
    portsOn: (hostId) => onHost.get(hostId) ?? [],
    portsOfNetwork: (networkId) => portsOfNetwork(ports, networkId),
    networksOn: (hostId) => new Set((onHost.get(hostId) ?? []).map(({ networkId }) => networkId)),
    dhcpHostsOf: (networkId) => hostsOf(dhcpPortsOf(ports, networkId)),
    isOn: (portId, hostId) => {
      const port = findById(ports, portId)
      return port !== null && hostIdsOf(port).includes(hostId)
    },
  }
}

/** Nearly every port is on one host at most. */
const distinct = (ids: readonly string[]): readonly string[] => (ids.length > 1 ? [...new Set(ids)] : ids)

function put(groups: Map<string, Port[]>, key: string, port: Port): void {
  const group = groups.get(key)
  if (group) group.push(port)
  else groups.set(key, [port])
}
