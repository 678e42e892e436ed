// Remembers, from one reading of a host to the next, what of ours was there and cannot be seen now: libvirt that was stopped has no VMs
// to show, and takes none away. It is forgotten by the reading that knows its part again.

import { emptyHostState, isEmptyState, mergeHostStates, kindNames, mapKinds } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { mayHide, unknownParts } from '../host/unknown-parts'
import type { UnknownPart } from '../host/unknown-part'
import { kindOf } from '../kinds/kinds'
import { ownResources } from './own-part'

export function rememberUnseen(before: HostObservation | null, now: HostObservation): HostObservation {
  const parts = unknownParts(now)
  if (before === null || parts.length === 0) return now
  const known = mergeHostStates([ownResources(before.state), before.unseen ?? emptyHostState])
  const unseen = mapKinds((kind) => {
    const { key } = kindOf(kind)
    const seen = new Set(now.state[kind].map(key))
    return known[kind].filter((resource) => !seen.has(key(resource)) && parts.some((part) => mayHide(part, kind, resource)))
  })
  return isEmptyState(unseen) ? now : { ...now, unseen }
}

/** Labels of what was ours in parts that could not be read, or in one of them. */
export const listUnseen = ({ unseen = emptyHostState }: Pick<HostObservation, 'unseen'>, part?: UnknownPart): readonly string[] =>
  kindNames.flatMap((kind) => unseen[kind].filter((resource) => !part || mayHide(part, kind, resource)).map(kindOf(kind).label))
