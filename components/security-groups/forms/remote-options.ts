// Who the other end of a rule may be, to choose from: anybody, addresses, or the ports of a group of the project. Pure.

import { groupOptions } from '@/components/security-groups/group-choices'
import type { TopologyIndex } from '@/components/lib/topology-index'
import type { SelectOption } from '@/components/ui/Select'
import type { SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'

import type { RemoteChoice } from './rule-values'

/** The group itself first: it is what ports that work together are told by. */
export function remoteOptions(index: TopologyIndex, group: SecurityGroup): readonly SelectOption<RemoteChoice>[] {
  const option = (value: string, label: string): SelectOption<RemoteChoice> => ({
    value: `group:${value}`,
    label,
    group: 'Ports of a group',
  })
  return [
    { value: '', label: 'Anybody' },
    { value: 'prefix', label: 'Addresses (CIDR)…' },
    option(group.id, `${group.name} (this group)`),
    ...groupOptions(index, group.projectId)
      .filter(({ id }) => id !== group.id)
      .map(({ id, label }) => option(id, label)),
  ]
}
