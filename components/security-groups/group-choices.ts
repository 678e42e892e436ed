// The groups that a port of a project may be in, and those that it gets unless others are chosen. Pure; the server has the last word.

import type { TopologyIndex } from '@/components/lib/topology-index'
import { compareNames } from '@/components/ui/compare-naturally'
import { nameGroup } from '@/server/core/topology/kinds/security-group/security-group-label'
import { plural } from '@/server/core/explain/words'

import { isDefault } from './security-group-rows'

export interface GroupOption {
  readonly id: string
  /** Told apart from others of the same name. */
  readonly label: string
  readonly detail: string
}

/** `default` first. */
export const groupOptions = (index: TopologyIndex, projectId: string): readonly GroupOption[] =>
  index
    .securityGroupsOf(projectId)
    .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)) || compareNames(a.name, b.name))
    .map(({ id, rules, description }) => ({
      id,
      label: nameGroup(index.topology.securityGroups, id),
      detail: description ?? plural(rules.length, 'rule'),
    }))

/** What a new port gets unless groups are chosen: none where the project has no `default`, from before there were groups. */
export const defaultGroupIds = (index: TopologyIndex, projectId: string): readonly string[] =>
  index
    .securityGroupsOf(projectId)
    .filter(isDefault)
    .map(({ id }) => id)
