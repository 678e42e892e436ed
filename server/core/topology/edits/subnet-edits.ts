// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { SubnetInput, SubnetPatch } from '../inputs/network-input'

export function createSubnet(_input: SubnetInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function updateSubnet(_id: string, _patch: SubnetPatch, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removeSubnet(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
