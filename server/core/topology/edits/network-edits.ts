// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { NetworkInput, NetworkPatch } from '../inputs/network-input'

export function createNetwork(_input: NetworkInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function updateNetwork(_id: string, _patch: NetworkPatch, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removeNetwork(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
