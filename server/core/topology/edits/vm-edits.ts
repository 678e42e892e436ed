// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { VmInput } from '../inputs/port-input'

export function createVm(_input: VmInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removeVm(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
