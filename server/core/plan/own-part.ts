// The part of an observed state that is ours, as a desired state: what an undo has to bring back. Nothing foreign is in it,
// so comparing with it can neither make nor remove foreign things.

import { ownScope } from '../diff/own-scope'
import { emptyHostState, mergeHostStates, type HostState, mapKinds } from '../host/host-state'
import { kindOf } from '../kinds/kinds'

/** NICs and taps are foreign by nature, but what our steps adjust on them is brought back too, and only that. So are settings of what is ours. */
export function ownPart(observed: HostState): HostState {
  const scope = ownScope(emptyHostState, observed)
  return mergeHostStates([
    ownResources(observed),
    mapKinds((kind) => {
      const { isRequirement, adjusted, isBroughtBack } = kindOf(kind)
      return [
        ...(isRequirement && adjusted ? observed[kind].filter(isRequirement).map(adjusted) : []),
        ...(isBroughtBack ? observed[kind].filter((resource) => isBroughtBack(resource, scope)) : []),
      ]
    }),
  ])
}

/** What carries our mark, or lives in something that does. */
export function ownResources(observed: HostState): HostState {
  const scope = ownScope(emptyHostState, observed)
  return mapKinds((kind) => observed[kind].filter((resource) => kindOf(kind).isOurs(resource, scope)))
}
