// Takes floating IPs and addresses of routers off a host before anything is put on it: another one waits for that (plan/moves.ts), and no two may wait for each other.

import { plural } from '../explain/words'
import type { HostDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import { isFloatingRoute, isRouterAddress } from '../host/answered'
import { inEachNamespace } from '../render/side-by-side'
import type { StepDraft } from '../render/step-draft'

export function withdraw({ addresses, routes }: HostDiff): StepDraft[] {
  const lines = [
    ...addresses.removed.filter(isRouterAddress).map(({ netns, cidr, link }) => ({ netns, line: `address del ${cidr} dev ${link}` })),
    ...routes.removed
      .filter(isFloatingRoute)
      .map(({ netns, destination, link }) => ({ netns, line: `route del ${destination} dev ${link}` })),
  ]
  if (lines.length === 0) return []
  const inputs = [...groupBy(lines, ({ netns }) => netns)].map(([netns, here]) => ({ netns, lines: here.map(({ line }) => line) }))
  return [
    {
      title: `Withdraw ${plural(lines.length, 'address', 'addresses')} of routers`,
      reason: 'Another host may answer for it only when this one does no more.',
      command: inEachNamespace(['ip', '-batch', '-'], inputs),
    },
  ]
}
