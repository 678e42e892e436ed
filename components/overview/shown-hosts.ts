// Which hosts the overview lists: of many those that need somebody, then the first by name. Pure.

import { compareNaturally } from '@/components/ui/compare-naturally'
import type { OverviewHost } from '@/server/core/api-types'
import { isTroubled } from '@/server/core/host/host-health'

/** About as many as fit beside what else the page says. */
export const MOST_HOSTS = 16

export function shownHosts(hosts: readonly OverviewHost[]): readonly OverviewHost[] {
  const named = hosts.toSorted((a, b) => compareNaturally(a.name, b.name))
  if (named.length <= MOST_HOSTS) return named
  const [troubled, others] = [named.filter(({ health }) => isTroubled(health)), named.filter(({ health }) => !isTroubled(health))]
  return [...troubled, ...others].slice(0, MOST_HOSTS)
}
