// The part of an observed state that is ours, as a desired state: what an undo has to bring back. Nothing foreign is in it,
// so comparing with it can neither make nor remove foreign things.

import type { HostState, HostStateKind } from '../host/host-state'
import { kindSpecs } from '../diff/kinds/kind-specs'
import { ownScope } from '../diff/own-scope'
import { emptyHostState } from '../host/host-state'
import type { KindSpec } from '../diff/host-diff'
import { linkSpec } from '../diff/kinds/link'
import type { Link } from '../host/link'

export function ownPart(observed: HostState): HostState {
  const scope = ownScope(emptyHostState, observed)
  const kinds = Object.keys(kindSpecs) as HostStateKind[]
  const entries = kinds.map((kind) => {
    const spec = kindSpecs[kind] as KindSpec<unknown>
    return [kind, observed[kind].filter((resource) => spec.isOurs(resource, scope))]
  })
  const own = Object.fromEntries(entries) as unknown as HostState
  return { ...own, links: [...own.links, ...observed.links.filter(linkSpec.isRequirement!).map(adjusted)] }
}

/** NICs and taps are foreign by nature, but what our steps adjust on them is brought back too, and only that. */
function adjusted({ netns, name, type, isUp, master }: Link): Link {
  return { netns, name, type, owner: null, ...(type === 'physical' ? { isUp } : { master }) }
}
