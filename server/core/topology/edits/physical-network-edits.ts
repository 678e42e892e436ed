// Edits of physical networks.

import { acceptedUnless, refused, type TopologyEdit } from '../edit'
import { findById, othersThan, put } from '../find'
import type { IdSource } from '../id-source'
import type { PhysicalNetworkInput, PhysicalNetworkPatch } from '../inputs/network-input'
import { sortTopology } from '../order'
import { checkPhysicalNetwork } from '../rules/network-rules'
import { checkPhysicalNetworkRemoval } from '../rules/removal-rules'
import type { PhysicalNetwork } from '../topology'
import { missing } from '../violation'

export function createPhysicalNetwork(input: PhysicalNetworkInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return putPhysicalNetwork({ id: ids.uuid(), ...input })
}

export function updatePhysicalNetwork(id: string, patch: PhysicalNetworkPatch): TopologyEdit<{ id: string }> {
  return (topology) => {
    const physicalNetwork = findById(topology.physicalNetworks, id)
    if (!physicalNetwork) return refused(missing('physical network', 'id'))
    return putPhysicalNetwork(applyPatch(physicalNetwork, patch))(topology)
  }
}

const applyPatch = (before: PhysicalNetwork, { name, mtu, vlanRanges }: PhysicalNetworkPatch): PhysicalNetwork => ({
  id: before.id,
  name: name ?? before.name,
  mtu: mtu ?? before.mtu,
  vlanRanges: vlanRanges ?? before.vlanRanges,
})

function putPhysicalNetwork(physicalNetwork: PhysicalNetwork): TopologyEdit<{ id: string }> {
  return (topology) => {
    const next = { ...topology, physicalNetworks: put(topology.physicalNetworks, physicalNetwork) }
    return acceptedUnless(checkPhysicalNetwork(topology, physicalNetwork), sortTopology(next), { id: physicalNetwork.id })
  }
}

export function removePhysicalNetwork(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const physicalNetwork = findById(topology.physicalNetworks, id)
    if (!physicalNetwork) return refused(missing('physical network', 'id'))
    const next = { ...topology, physicalNetworks: othersThan(topology.physicalNetworks, physicalNetwork) }
    return acceptedUnless(checkPhysicalNetworkRemoval(topology, physicalNetwork), next, { id })
  }
}
