// STUB
import type { TopologyEdit } from '../edit'
import type { IdSource } from '../id-source'
import type { PortInput, PortPatch } from '../inputs/port-input'

export function createPort(_input: PortInput, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function updatePort(_id: string, _patch: PortPatch, _ids: IdSource): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function removePort(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
