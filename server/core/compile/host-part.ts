// The part of a design that one host is compiled from: itself, the networks with a port on it, all that these have, whoever else has a
// port of them, and what runs here. Compile sees nothing else, so while the part is the same the host is the same, and an edit
// costs the compile of the hosts that it concerns.

import { emptyTopology } from '../topology/complete-topology'
import { findById } from '../topology/find'
import { localVlansOn, subnetsOfNetwork, vmsOnHost } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import type { Topology } from '../topology/topology'

export function hostPart(topology: Topology, hostId: string): Topology {
  const presence = presenceOf(topology)
  const networkIds = presence.networksOn(hostId)
  const networks = topology.networks.filter(({ id }) => networkIds.has(id))
  const hosts = new Set([hostId, ...networks.flatMap(({ id }) => presence.hostsOfNetwork(id).map((host) => host.id))])
  const vms = vmsOnHost(topology.vms, hostId)
  return {
    ...emptyTopology,
    hosts: topology.hosts.filter(({ id }) => hosts.has(id)),
    physicalNetworks: topology.physicalNetworks,
    networks,
    subnets: networks.flatMap(({ id }) => subnetsOfNetwork(topology.subnets, id)),
    ports: networks.flatMap(({ id }) => presence.portsOfNetwork(id)),
    vms,
    trunks: topology.trunks.filter(({ portId }) => findById(topology.ports, portId)?.hostId === hostId),
    nestedUplinks: topology.nestedUplinks.filter(({ vmId }) => findById(vms, vmId) !== null),
    localVlans: localVlansOn(topology.localVlans, hostId),
  }
}

/** Object by object the same ones: an edit leaves alone what it does not touch. */
export const isSamePart = (left: Topology, right: Topology): boolean =>
  (Object.keys(left) as (keyof Topology)[]).every((list) => isSameList(left[list], right[list]))

const isSameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]))
