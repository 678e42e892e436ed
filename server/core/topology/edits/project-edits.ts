// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { ProjectInput } from '../inputs/network-input'

export function createProject(_input: ProjectInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removeProject(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
