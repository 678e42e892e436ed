// What people call a rule, which has no name: what it lets through. A group is called by its name.

import { findById } from '../../find'
import type { Topology } from '../../topology'
import { ruleWords } from './rule-words'
import type { SecurityGroup, SecurityGroupRule } from './security-group'

/** ingress IPv4 TCP 80–90 from 10.0.0.0/8 */
export const labelRule = ({ securityGroups }: Pick<Topology, 'securityGroups'>, rule: SecurityGroupRule): string =>
  ruleWords(rule, (id) => nameGroup(securityGroups, id))

/** Groups may share a name, also within a project: then some of the id tells them apart. */
export function nameGroup(groups: readonly SecurityGroup[], id: string): string {
  const group = findById(groups, id)
  if (!group) return id
  const isShared = groups.some((other) => other.id !== id && other.name === group.name && other.projectId === group.projectId)
  return isShared ? `${group.name} (${id.slice(0, 8)})` : group.name
}
