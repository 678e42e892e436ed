// The part of a design that one host is compiled from: itself, the networks with a port on it, all that these have, whoever else has a
// port of them, and what runs here. Compile sees nothing else, so while the part is the same the host is the same, and an edit
// costs the compile of the hosts that it concerns. Every host is asked whether it is one of them: what all hosts in a network have of it
// is put together, and compared with what they had, once.

import { groupBy } from '../group-by'
import { oncePer } from '../once-per'
import { emptyTopology } from '../topology/complete-topology'
import { findById, findInOrder } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import { localVlansOn, subnetsOfNetwork, vmsOnHost } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import type { Topology } from '../topology/topology'

export interface HostPart extends Pick<Topology, 'physicalNetworks' | 'vms' | 'trunks' | 'nestedUplinks' | 'localVlans'> {
  readonly host: Host
  readonly shares: readonly NetworkShare[]
  /** Of the whole design. */
  readonly allHosts: Topology['hosts']
}

/** A network as every host in it sees it. */
export interface NetworkShare extends Pick<Topology, 'hosts' | 'subnets' | 'ports'> {
  readonly network: Network
}

export function hostPart(topology: Topology, host: Host): HostPart {
  const { id } = host
  const presence = presenceOf(topology)
  return {
    host,
    physicalNetworks: topology.physicalNetworks,
    shares: findInOrder(topology.networks, [...presence.networksOn(id)]).map(shareIn(topology)),
    vms: vmsOnHost(topology.vms, id),
    trunks: trunksByHost(topology).get(id) ?? [],
    nestedUplinks: uplinksByHost(topology).get(id) ?? [],
    localVlans: localVlansOn(topology.localVlans, id),
    allHosts: topology.hosts,
  }
}

/** What compile sees. */
export function topologyOf(part: HostPart): Topology {
  const { physicalNetworks, shares, vms, trunks, nestedUplinks, localVlans } = part
  return {
    ...emptyTopology,
    hosts: hostsOf(part),
    physicalNetworks,
    networks: shares.map(({ network }) => network),
    subnets: shares.flatMap(({ subnets }) => subnets),
    ports: shares.flatMap(({ ports }) => ports),
    vms,
    trunks,
    nestedUplinks,
    localVlans,
  }
}

const hostsOf = ({ host, shares, allHosts }: HostPart): readonly Host[] =>
  findInOrder(allHosts, [...new Set([host.id, ...shares.flatMap(({ hosts }) => hosts.map(({ id }) => id))])])

/** Object by object the same ones: an edit leaves alone what it does not touch. */
export const isSamePart = (left: HostPart, right: HostPart): boolean =>
  left.host === right.host &&
  isSameList(left.shares, right.shares) &&
  isSameList(left.physicalNetworks, right.physicalNetworks) &&
  isSameList(left.vms, right.vms) &&
  isSameList(left.trunks, right.trunks) &&
  isSameList(left.nestedUplinks, right.nestedUplinks) &&
  isSameList(left.localVlans, right.localVlans) &&
  // Those in the shares are the same; their order is that of the design.
  (left.allHosts === right.allHosts || isSameList(hostsOf(left), hostsOf(right)))

export const isSameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]))

const shareIn = oncePer((topology: Topology) => {
  const known = new Map<Network, NetworkShare>()
  return (network: Network): NetworkShare => {
    const share = known.get(network) ?? findShare(topology, network)
    known.set(network, share)
    lastShare.set(network, share)
    return share
  }
})

/** That was asked for last, of each network: the same while nothing of it changes. */
const lastShare = new WeakMap<Network, NetworkShare>()

function findShare(topology: Topology, network: Network): NetworkShare {
  const { hostsOfNetwork, portsOfNetwork } = presenceOf(topology)
  const share = {
    network,
    hosts: hostsOfNetwork(network.id),
    subnets: subnetsOfNetwork(topology.subnets, network.id),
    ports: portsOfNetwork(network.id),
  }
  const before = lastShare.get(network)
  return before && isSameShare(before, share) ? before : share
}

const isSameShare = (left: NetworkShare, right: NetworkShare): boolean =>
  isSameList(left.ports, right.ports) && isSameList(left.subnets, right.subnets) && isSameList(left.hosts, right.hosts)

const trunksByHost = oncePer(({ trunks, ports }: Topology) => groupBy(trunks, ({ portId }) => findById(ports, portId)?.hostId))
const uplinksByHost = oncePer(({ nestedUplinks, vms }: Topology) => groupBy(nestedUplinks, ({ vmId }) => findById(vms, vmId)?.hostId))
