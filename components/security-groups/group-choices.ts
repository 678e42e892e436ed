// The groups that a port may be in, and those that it gets unless others are chosen. Pure; the server has the last word.

import type { TopologyIndex } from '@/components/lib/topology-index'
import type { ChecklistOption } from '@/components/ui/Checklist'
import { compareNames } from '@/components/ui/compare-naturally'
import { plural } from '@/server/core/explain/words'
import { nameGroup } from '@/server/core/topology/kinds/security-group/security-group-label'
import type { ObjectOf } from '@/server/core/topology/topology'

import { isDefault } from './security-group-rows'

/** `default` first. */
export const groupOptions = (index: TopologyIndex, projectId: string): readonly ChecklistOption[] =>
  index
    .securityGroupsOf(projectId)
    .toSorted((a, b) => Number(isDefault(b)) - Number(isDefault(a)) || compareNames(a.name, b.name))
    .map((group) => groupOption(index, group))

const groupOption = ({ topology }: TopologyIndex, { id, rules, description }: ObjectOf['securityGroup']): ChecklistOption => ({
  id,
  label: nameGroup(topology.securityGroups, id),
  detail: description ?? plural(rules.length, 'rule'),
})

/** What it is in already stays in the list, whosever it is. Groups of a second project say whose they are. */
export function groupOptionsOf(index: TopologyIndex, projectIds: readonly string[], chosen: readonly string[]): readonly ChecklistOption[] {
  const [first = '', ...others] = projectIds
  const named = (projectId: string, option: ChecklistOption): ChecklistOption => ({
    ...option,
    detail: `of ${index.project(projectId)?.name ?? projectId}: ${option.detail}`,
  })
  const options = [
    ...groupOptions(index, first),
    ...others.flatMap((projectId) => groupOptions(index, projectId).map((option) => named(projectId, option))),
  ]
  const kept = chosen.flatMap((id) => (options.some((option) => option.id === id) ? [] : (index.securityGroup(id) ?? [])))
  return [...options, ...kept.map((group) => named(group.projectId, groupOption(index, group)))]
}

/** What a new port gets unless groups are chosen: none where the project has no `default`, from before there were groups. */
export const defaultGroupIds = (index: TopologyIndex, projectId: string): readonly string[] =>
  index
    .securityGroupsOf(projectId)
    .filter(isDefault)
    .map(({ id }) => id)
