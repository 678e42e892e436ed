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
    if (first === undefined) {
      byKey.set(key, resource)
      continue
    }
    const [one, other] = [renderCanonical(first), renderCanonical(resource)]
    invariant(one === other, `two features want ${label(resource)}, and not the same: ${one}, ${other}`)
  }
  return [...byKey.values()]
}
