// Words about trunks: their states (docs/reference/trunks.md), and what a trunk changes about the plug of a port.

import type { PlugMove } from '../trunk/plug-comparison'
import type { TrunkState, TrunkStatus } from '../trunk/trunk-state'
import { explainFinding } from './finding'
import { plural, sentences } from './words'

export const trunkStatusMeaning: Record<TrunkStatus, string> = {
  DOWN: 'Designed, or just changed, and its host does not carry all of it yet; or its VM is off',
  BUILD: 'Being wired on its host',
  ACTIVE: 'Everything is wired on its host',
  DEGRADED: 'Some of its ports are not wired or guarded as they should be',
  ERROR: 'The parent’s own wiring is broken; nothing of the trunk passes',
}

/** Why it is not ACTIVE; null when it is. */
export function explainTrunkState({ reason }: Pick<TrunkState, 'reason'>): string | null {
  if (reason === null) return null
  const { others = [] } = reason
  return sentences(
    explainFinding(reason),
    others.length === 0 ? null : `${plural(others.length, 'more port is', 'more ports are')} not as designed.`,
  )
}

export const plugChangeWord: Record<PlugMove['change'], string> = {
  same: 'as before',
  changed: 'changed',
  new: 'new',
  shared: 'shared with the parent',
  gone: 'no longer needed',
}
