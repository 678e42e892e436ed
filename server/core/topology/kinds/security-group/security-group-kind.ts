// The kind `securityGroup`, as every list of kinds needs it (../kind.ts).

import { plural } from '../../../explain/words'
import { checkName } from '../../rules/names'
import { parts } from '../columns'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { withSortedRules } from './rule-order'
import type { SecurityGroup, SecurityGroupRule } from './security-group'
import { printSecurityGroup } from './security-group-print'
import { checkRuleInputs, checkSecurityGroup, checkSecurityGroupRemoval } from './security-group-rules'
import { securityGroupViolations } from './security-group-violations'

export const securityGroupKind = {
  kind: 'securityGroup',
  list: 'securityGroups',
  words: { one: 'security group', many: 'security groups' },
  about:
    'Which connections the ports in a group may take part in. What no rule of any of its groups allows, a port neither sends nor gets.',
  label: (_, { name }) => name,
  detail: (_, { rules }) => plural(rules.length, 'rule'),
  print: printSecurityGroup,
  compare: byName,
  inOrder: withSortedRules,
  check: checkSecurityGroup,
  fieldRules: { name: (name) => checkName(name), rules: checkRuleInputs },
  checkRemoval: checkSecurityGroupRemoval,
  violations: securityGroupViolations,
  columns: {
    parts: parts<SecurityGroup, SecurityGroupRule>({
      table: 'securityGroupRule',
      owner: 'groupId',
      orderBy: 'position',
      fields: ['rules'],
      of: ({ rules }) => rules,
      into: (rules) => ({ rules }),
    }),
  },
} satisfies DesignKind<'securityGroup'>
