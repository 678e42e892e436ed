// The part of a design that one host is compiled from: itself, the networks with a port on it, all that these have, whoever else has a
// port of them, and what runs here. Compile sees nothing else, so while the part is the same the host is the same, and an edit
// costs the compile of the hosts that it concerns.

import { groupBy } from '../group-by'
import { oncePer } from '../once-per'
import { emptyTopology } from '../topology/complete-topology'
import { presenceOf } from '../topology/presence'
import type { Topology } from '../topology/topology'

export function hostPart(topology: Topology, hostId: string): Topology {
  const presence = presenceOf(topology)
  const networkIds = presence.networksOn(hostId)
  const networks = topology.networks.filter(({ id }) => networkIds.has(id))
  const hosts = new Set([hostId, ...networks.flatMap(({ id }) => presence.hostsOfNetwork(id).map((host) => host.id))])
  const { vms, localVlans, trunks, nestedUplinks } = runningOn(topology).get(hostId) ?? emptyTopology
  return {
    ...emptyTopology,
    hosts: topology.hosts.filter(({ id }) => hosts.has(id)),
    physicalNetworks: topology.physicalNetworks,
    networks,
    subnets: networks.flatMap(({ id }) => subnetsOf(topology.subnets).get(id) ?? []),
    ports: networks.flatMap(({ id }) => presence.portsOfNetwork(id)),
    vms,
    trunks,
    nestedUplinks,
    localVlans,
  }
}

/** Object by object the same ones: an edit leaves alone what it does not touch. */
export const isSamePart = (left: Topology, right: Topology): boolean =>
  (Object.keys(left) as (keyof Topology)[]).every((list) => isSameList(left[list], right[list]))

const isSameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]))

type Running = Pick<Topology, 'vms' | 'localVlans' | 'trunks' | 'nestedUplinks'>

/** By host. */
const runningOn = oncePer((topology: Topology): ReadonlyMap<string, Running> => {
  const hostOfVm = new Map(topology.vms.map(({ id, hostId }) => [id, hostId]))
  const hostOfPort = new Map(topology.ports.map(({ id, hostId }) => [id, hostId]))
  const lists = {
    vms: groupBy(topology.vms, ({ hostId }) => hostId),
    localVlans: groupBy(topology.localVlans, ({ hostId }) => hostId),
    trunks: groupBy(topology.trunks, ({ portId }) => hostOfPort.get(portId)),
    nestedUplinks: groupBy(topology.nestedUplinks, ({ vmId }) => hostOfVm.get(vmId)),
  }
  return new Map(
    topology.hosts.map(({ id }) => [
      id,
      {
        vms: lists.vms.get(id) ?? [],
        localVlans: lists.localVlans.get(id) ?? [],
        trunks: lists.trunks.get(id) ?? [],
        nestedUplinks: lists.nestedUplinks.get(id) ?? [],
      },
    ]),
  )
})

const subnetsOf = oncePer((subnets: Topology['subnets']) => groupBy(subnets, ({ networkId }) => networkId))
