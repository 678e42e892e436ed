// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { PhysicalNetworkInput, PhysicalNetworkPatch } from '../inputs/network-input'

export function createPhysicalNetwork(_input: PhysicalNetworkInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function updatePhysicalNetwork(_id: string, _patch: PhysicalNetworkPatch, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removePhysicalNetwork(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
