// Words about trunks: their states (reference §11.3), and what a trunk changes about the plug of a port.

import type { PlugMove } from '../trunk/plug-comparison'
import type { TrunkStatus } from '../trunk/trunk-status'

export const trunkStatusMeaning: Record<TrunkStatus, string> = {
  DOWN: 'Designed, or just changed, and its host does not carry all of it yet; or its VM is off',
  BUILD: 'Being wired on its host',
  ACTIVE: 'Everything is wired on its host',
  DEGRADED: 'Some of its ports are not wired or guarded as they should be',
  ERROR: 'The parent’s own wiring is broken; nothing of the trunk passes',
}

export const plugChangeWord: Record<PlugMove['change'], string> = {
  same: 'as before',
  changed: 'changed',
  new: 'new',
  shared: 'shared with the parent',
  gone: 'no longer needed',
}
