// Which filter a port has, or why it has none (docs/reference/security-groups.md, docs/reference/trunks.md), and what that means.

import { traitsOf } from '../agents/agent-traits'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import { isServicePort } from '../topology/kinds/port/port-security'
import type { Topology } from '../topology/topology'

/** `closed`: in no group. `tagged`: in groups that see none of its frames. `earlier`: from before there were groups. */
export type PortFiltering = 'groups' | 'closed' | 'tagged' | 'earlier' | 'off' | 'service'

export function filteringOf({ hosts }: Pick<Topology, 'hosts'>, port: Port): PortFiltering {
  if (isServicePort(port)) return 'service'
  if (!port.isPortSecurityEnabled) return 'off'
  if (port.securityGroupIds === undefined) return 'earlier'
  const host = port.hostId === null ? undefined : findById(hosts, port.hostId)
  if (port.deviceOwner === 'trunk:subport' && host && !traitsOf(host).filtersSubPorts) return 'tagged'
  return port.securityGroupIds.length === 0 ? 'closed' : 'groups'
}

/** As short as a column is narrow. */
export const filteringMarks: Record<PortFiltering, string> = {
  groups: 'filtered',
  closed: 'in no group',
  tagged: 'not filtered',
  earlier: 'not filtered',
  off: 'not filtered',
  service: 'not filtered',
}

export const filteringWords: Record<PortFiltering, string> = {
  groups: 'filtered',
  closed: 'in no group: only DHCP passes',
  tagged: 'not filtered: tagged frames',
  earlier: 'not filtered (from before security groups)',
  off: 'not filtered: port security is off',
  service: 'not filtered: the network’s own port',
}

/** Why, and what to do about it; null where there is nothing to say. */
export const filteringAdvice: Record<PortFiltering, string | null> = {
  groups: null,
  closed: 'Nothing reaches it and it reaches nothing, but for DHCP. Put it into a group to allow more.',
  tagged:
    'Its frames are tagged in the trunk, where iptables on an Open vSwitch host does not see them: its groups filter nothing there. Filter in the guest.',
  earlier:
    'It was made before there were security groups and lets everything through, as it always did. Choose groups to have it filtered.',
  off: 'Any address may be used, and no group filters it. Switch port security on to choose groups.',
  service: null,
}
