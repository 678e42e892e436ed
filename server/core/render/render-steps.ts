// HostDiff → the exact commands of one host. Each kind says what its steps must come after, and why (core/kinds); together that is an order
// which is safe at every point in between: what uses devices stops first; ports of Open vSwitch come dead and unpatched; flows go in; only
// then are patch peers and tags set and old ports removed (docs/reference/open-vswitch.md); servers and VMs start; what is left over goes;
// and only what has become true is what a restart brings back. Removal is the same order seen from the other end, so one list serves both.

import type { HostDiff, KindDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import { linkKey } from '../host/link'
import { wantedOf, type IpOfKinds, type StepMaker } from '../kinds/kind'
import { kindNames, type Resource } from '../host/host-state'
import { kindOf } from '../kinds/kinds'
import type { Step } from '../plan/plan'
import { orderSteps } from './order-steps'
import type { StepDraft } from './step-draft'

const makers = orderSteps(kindNames.flatMap((kind) => kindOf(kind).steps))

export const renderSteps = (diff: HostDiff, hostName: string): Step[] =>
  draftSteps(diff).map(({ draft }, index) => ({ ...draft, id: `${hostName}/${index + 1}` }))

/** With who made each. */
export function draftSteps(diff: HostDiff): { readonly maker: StepMaker; readonly draft: StepDraft }[] {
  const ip = ipOfKinds(diff)
  return makers.flatMap((maker) => maker.render(diff, ip).map((draft) => ({ maker, draft })))
}

/** What addresses, routes and rules, and whatever else says so, add to the batch of a namespace. */
function ipOfKinds(diff: HostDiff): IpOfKinds {
  const parts = kindNames.flatMap((kind) => {
    const { ip } = kindOf(kind)
    return ip ? [{ ...ip, ...(diff[kind] as KindDiff<Resource>) }] : []
  })
  const goneLinks = new Set(diff.links.removed.map(linkKey))
  const isLinkGone = (resource: Resource) =>
    'link' in resource && resource.link !== undefined && goneLinks.has(linkKey({ netns: netnsOf(resource), name: resource.link }))
  const wanted = parts.map((part) => ({ set: part.set, byNetns: groupBy(wantedOf(part), netnsOf) }))
  const gone = parts
    .map(({ remove, removed }) => ({
      remove,
      byNetns: groupBy(
        removed.filter((resource) => !isLinkGone(resource)),
        netnsOf,
      ),
    }))
    .reverse()
  return {
    set: (netns) => wanted.flatMap(({ set, byNetns }) => set(byNetns.get(netns) ?? [])),
    remove: (netns) => gone.flatMap(({ remove, byNetns }) => remove(byNetns.get(netns) ?? [])),
    places: parts.flatMap((part) => [...wantedOf(part), ...part.removed].map(netnsOf)),
  }
}

const netnsOf = (resource: Resource): string => ('netns' in resource ? resource.netns : '')
