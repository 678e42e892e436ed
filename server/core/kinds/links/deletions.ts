// Which devices a plan deletes, and when. Deleting one end of a veth pair deletes the other, in whatever namespace it is; so a pair is deleted once,
// by the end that is deleted first.

import type { HostDiff } from '../../diff/kind-diff'
import { linkKey, standsOnTap, type Link } from '../../host/link'
import { isRemade } from './is-remade'

const MADE: readonly Link['type'][] = ['bridge', 'veth', 'vlan', 'vxlan']
/** What stands on a tap is made later (tap-links.ts). */
export const isMade = (link: Link): boolean => MADE.includes(link.type) && !standsOnTap(link)

export interface Deletions {
  /** Those that are made anew, before anything is made. */
  readonly early: readonly Link[]
  /** Those that nothing uses any more. What is in a namespace that goes, goes with it. */
  readonly late: readonly Link[]
}

export function deletions({ links, namespaces }: HostDiff): Deletions {
  const going = new Set(namespaces.removed.map(({ name }) => name))
  const remade = links.changed.filter(isRemade).filter(({ to }) => !standsOnTap(to) && (to.netns === '' || to.type !== 'ovs-internal'))
  // An internal port goes with its row in the OVSDB, and one that is of no known kind has none any more: vswitchd left it behind.
  const unused = links.removed.filter((link) => !going.has(link.netns) && (isMade(link) || link.type === 'other'))
  const gone = new Set<string>()
  const once = (link: Link): boolean => {
    if (gone.has(linkKey(link))) return false
    for (const each of [link, ...(link.peer ? [link.peer] : [])]) gone.add(linkKey(each))
    return true
  }
  const early = rootFirst(remade.map(({ from }) => from)).filter(once)
  return { early, late: rootFirst(unused).filter(once) }
}

export const rootFirst = (links: readonly Link[]): readonly Link[] => [
  ...links.filter(({ netns }) => netns === ''),
  ...links.filter(({ netns }) => netns !== ''),
]
