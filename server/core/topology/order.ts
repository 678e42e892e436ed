// One order for every list, so that a topology that comes back from the database equals the one that went in, and equal
// designs have equal digests.

import type { Trunk } from './kinds/trunk/trunk'
import type { Topology } from './topology'

type Key<Item> = (item: Item) => readonly string[]

export function sortTopology(topology: Topology): Topology {
  const byName: Key<{ readonly name: string; readonly id: string }> = (item) => [item.name, item.id]
  return {
    projects: sorted(topology.projects, byName),
    hosts: sorted(topology.hosts, byName),
    physicalNetworks: sorted(topology.physicalNetworks, byName),
    networks: sorted(topology.networks, byName),
    subnets: sorted(topology.subnets, byName),
    ports: sorted(topology.ports, byName),
    vms: sorted(topology.vms, byName),
    trunks: sorted(topology.trunks.map(withSortedSubPorts), byName),
    nestedUplinks: sorted(topology.nestedUplinks, (uplink) => [uplink.vmId, uplink.physicalNetworkId]),
    localVlans: sorted(topology.localVlans, (local) => [local.hostId, local.networkId]),
  }
}

const withSortedSubPorts = (trunk: Trunk): Trunk => ({
  ...trunk,
  subPorts: [...trunk.subPorts].sort((a, b) => a.segmentationId - b.segmentationId),
})

function sorted<Item>(items: readonly Item[], key: Key<Item>): Item[] {
  return [...items].sort((a, b) => compareKeys(key(a), key(b)))
}

/** By code unit: the same on every machine, whatever its language. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((part, position) => part !== b[position])
  if (index < 0) return 0
  return a[index]! < b[index]! ? -1 : 1
}
