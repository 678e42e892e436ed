// Features that meet in one resource must want the same of it: two values would be a race for the last word. What several want alike, as a NIC
// that must be up, is there once.

import { type HostState, type HostStateKind, mapKinds, type Resource } from '../host/host-state'
import { invariant } from '../invariant'
import { kindOf } from '../kinds/kinds'
import { renderCanonical } from '../topology/digest'

export const agree = (state: HostState): HostState => mapKinds((kind) => agreeOn(kind, state[kind]))

function agreeOn(kind: HostStateKind, resources: readonly Resource[]): readonly Resource[] {
  const { key: keyOf, label } = kindOf(kind)
  const byKey = new Map<string, Resource>()
  for (const resource of resources) {
    const key = keyOf(resource)
    const first = byKey.get(key)
    invariant(
      first === undefined || renderCanonical(first) === renderCanonical(resource),
      `two features want ${label(resource)}, and not the same: ${renderCanonical(first)}, ${renderCanonical(resource)}`,
    )
    if (first === undefined) byKey.set(key, resource)
  }
  return [...byKey.values()]
}
