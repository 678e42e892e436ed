// The fields of a security group as people read them.

import { nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { SecurityGroup } from './security-group'
import { labelRule } from './security-group-label'

/** One field per rule, so that each that comes or goes reads as one change. */
export const printSecurityGroup = (group: SecurityGroup, names: Topology): PrintedFields => ({
  name: group.name,
  project: nameOf(names.projects, group.projectId),
  ...Object.fromEntries(group.rules.map((rule) => [labelRule(names, rule), rule.description || 'allowed'])),
})
