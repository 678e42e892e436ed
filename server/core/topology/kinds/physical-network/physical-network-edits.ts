// Edits of physical networks.

import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import {
  type PhysicalNetworkInput,
  physicalNetworkInput,
  type PhysicalNetworkPatch,
  physicalNetworkPatchInput,
} from './physical-network-input'
import { INNER_MAC_BASES, normalizeMacBase } from '../../mac'
import { sortTopology } from '../../order'
import { checkPhysicalNetwork, checkPhysicalNetworkRemoval } from './physical-network-rules'
import { checkSeen } from '../../rules/seen-rules'
import type { Topology } from '../../topology'
import type { PhysicalNetwork } from './physical-network'
import { missing, type Violation } from '../../violation'
import { isCarried, macBaseOf, wireOf } from '../../wire'
import { change, creation, type KindEdits } from '../kind-edits'

export function createPhysicalNetwork(input: PhysicalNetworkInput, ids: IdSource): TopologyEdit<{ id: string }> {
  const { carrierId, macBase, ...fields } = input
  return putPhysicalNetwork({ id: ids.uuid(), ...fields, ...wireFields(carrierId, macBase) })
}

export function updatePhysicalNetwork(id: string, patch: PhysicalNetworkPatch): TopologyEdit<{ id: string }> {
  return (topology) => {
    const physicalNetwork = findById(topology.physicalNetworks, id)
    if (!physicalNetwork) return refused(missing('physicalNetwork', 'id'))
    return putPhysicalNetwork(applyPatch(physicalNetwork, patch), checkSeen(topology, 'physicalNetwork', physicalNetwork, patch))(topology)
  }
}

/** What is no MAC base is kept as it is, for the rule to refuse. Null and absent are the same. */
const wireFields = (
  carrierId: string | null | undefined,
  macBase: string | null | undefined,
): Pick<PhysicalNetwork, 'carrierId' | 'macBase'> => ({
  ...(carrierId != null && { carrierId }),
  ...(macBase != null && { macBase: normalizeMacBase(macBase) ?? macBase }),
})

const applyPatch = (
  { carrierId: carrier, macBase: base, ...before }: PhysicalNetwork,
  { name, mtu, vlanRanges, carrierId, macBase }: PhysicalNetworkPatch,
): PhysicalNetwork => ({
  ...before,
  name: name ?? before.name,
  mtu: mtu ?? before.mtu,
  vlanRanges: vlanRanges ?? before.vlanRanges,
  ...wireFields(carrierId === undefined ? carrier : carrierId, macBase === undefined ? base : macBase),
})

function putPhysicalNetwork(wanted: PhysicalNetwork, further: readonly Violation[] = []): TopologyEdit<{ id: string }> {
  return (topology: Topology) => {
    const physicalNetwork = chooseMacBase(topology, wanted)
    const next = { ...topology, physicalNetworks: put(topology.physicalNetworks, physicalNetwork) }
    return acceptedUnless([...further, ...checkPhysicalNetwork(topology, physicalNetwork)], sortTopology(next), { id: physicalNetwork.id })
  }
}

export function removePhysicalNetwork(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const physicalNetwork = findById(topology.physicalNetworks, id)
    if (!physicalNetwork) return refused(missing('physicalNetwork', 'id'))
    const next = { ...topology, physicalNetworks: othersThan(topology.physicalNetworks, physicalNetwork) }
    return acceptedUnless(checkPhysicalNetworkRemoval(topology, physicalNetwork), next, { id })
  }
}

/** For a physical network that travels on another one's wire and names no base: the first one free there. */
function chooseMacBase(topology: Pick<Topology, 'physicalNetworks'>, physicalNetwork: PhysicalNetwork): PhysicalNetwork {
  if (!isCarried(physicalNetwork) || physicalNetwork.macBase !== undefined) return physicalNetwork
  const wire = wireOf(topology, physicalNetwork).id
  const taken = new Set(
    topology.physicalNetworks.filter((other) => other.id !== physicalNetwork.id && wireOf(topology, other).id === wire).map(macBaseOf),
  )
  const macBase = INNER_MAC_BASES.find((base) => !taken.has(base))
  return macBase === undefined ? physicalNetwork : { ...physicalNetwork, macBase }
}

export const physicalNetworkEdits = {
  create: creation('physicalNetwork', physicalNetworkInput, (input, { ids }) => createPhysicalNetwork(input, ids)),
  update: change('physicalNetwork', physicalNetworkPatchInput, updatePhysicalNetwork),
  remove: removePhysicalNetwork,
} satisfies KindEdits
