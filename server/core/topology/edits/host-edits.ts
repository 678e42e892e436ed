// STUB
import type { TopologyEdit } from '../edit'

export function removeHost(_id: string): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}

export function setHostPrepared(_id: string, _isPrepared: boolean): TopologyEdit<{ id: string }> {
  throw new Error('stub')
}
