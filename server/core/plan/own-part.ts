// The part of an observed state that is ours, as a desired state: what an undo has to bring back. Nothing foreign is in it,
// so comparing with it can neither make nor remove foreign things.

import type { HostState, HostStateKind } from '../host/host-state'
import { kindSpecs } from '../diff/kinds/kind-specs'
import { ownScope } from '../diff/own-scope'
import { emptyHostState } from '../host/host-state'
import type { KindSpec } from '../diff/host-diff'
import { linkSpec } from '../diff/kinds/link'
import type { Link } from '../host/link'
import type { Owner } from '../naming'
import type { ResourceChange } from './plan'

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
  return { netns, name, type, owner: null, master, ...(type === 'physical' && { isUp }) }
}

/** The state with marks where a run made something and did not come to marking it. What was there before stays foreign. */
export function adoptMade(observed: HostState, before: HostState, made: readonly ResourceChange[]): HostState {
  const owners = new Map(made.filter((change) => change.action === 'create').map((change) => [`${change.kind}/${change.key}`, change.owner]))
  const kinds = Object.keys(kindSpecs) as HostStateKind[]
  const entries = kinds.map((kind) => {
    const spec = kindSpecs[kind] as KindSpec<unknown>
    const former = new Set(before[kind].map(spec.key))
    const ownerOf = (resource: unknown) => (former.has(spec.key(resource)) ? null : owners.get(`${kind}/${spec.key(resource)}`))
    return [kind, observed[kind].map((resource) => adopt(resource, ownerOf(resource)))]
  })
  return Object.fromEntries(entries) as unknown as HostState
}

function adopt<R extends object>(resource: R, owner: Owner | null | undefined): R {
  return owner && 'owner' in resource && resource.owner === null ? { ...resource, owner } : resource
}
