// Edits of security groups. Rules come and go by edits of their own, any number in one, and are not changed, as in Neutron.

import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { sortTopology } from '../../order'
import { checkSeen } from '../../rules/seen-rules'
import type { Topology } from '../../topology'
import { invalid, missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'
import { egressRules, makeRule } from './make-rules'
import type { SecurityGroup } from './security-group'
import {
  type RuleInput,
  securityGroupInput,
  type SecurityGroupInput,
  type SecurityGroupPatch,
  securityGroupPatchInput,
} from './security-group-input'
import { checkSecurityGroup, checkSecurityGroupRemoval } from './security-group-rules'

type Edit = TopologyEdit<{ id: string }>

export function createSecurityGroup({ projectId, name, rules }: SecurityGroupInput, ids: IdSource): Edit {
  return (topology) => {
    const id = ids.uuid()
    const group = { id, projectId, name, rules: rules?.map((rule) => makeRule(rule, ids)) ?? egressRules(ids) }
    return putGroup(topology, group, checkSecurityGroup(topology, group))
  }
}

function updateSecurityGroup(id: string, patch: SecurityGroupPatch): Edit {
  return (topology) => {
    const before = findById(topology.securityGroups, id)
    if (!before) return refused(missing('securityGroup', 'id'))
    const group = { ...before, name: patch.name ?? before.name }
    return putGroup(topology, group, [...checkSeen(topology, 'securityGroup', before, patch), ...checkSecurityGroup(topology, group)])
  }
}

export function addRules(id: string, added: readonly RuleInput[], ids: IdSource): Edit {
  return (topology) => {
    const before = findById(topology.securityGroups, id)
    if (!before) return refused(missing('securityGroup', 'id'))
    // Checked with the new ones last, so that fields are those of the input.
    const group = { ...before, rules: [...before.rules, ...added.map((rule) => makeRule(rule, ids))] }
    const violations = checkSecurityGroup(topology, group).map((violation) => shiftField(violation, before.rules.length))
    return putGroup(topology, group, violations)
  }
}

/** `rules.7.protocol` of the group is `rules.2.protocol` of an input that adds to five. */
function shiftField(violation: Violation, offset: number): Violation {
  const field = violation.field?.replace(/^rules\.(\d+)/, (_, index: string) => `rules.${Math.max(0, Number(index) - offset)}`) ?? null
  return { ...violation, field }
}

export function removeRules(id: string, ruleIds: readonly string[]): Edit {
  return (topology) => {
    const before = findById(topology.securityGroups, id)
    if (!before) return refused(missing('securityGroup', 'id'))
    const unknown = ruleIds.flatMap((ruleId, index) =>
      findById(before.rules, ruleId) ? [] : [invalid('security-group-rule-of-group', `ruleIds.${index}`, { group: before.name })],
    )
    return putGroup(topology, { ...before, rules: before.rules.filter((rule) => !ruleIds.includes(rule.id)) }, unknown)
  }
}

function removeSecurityGroup(id: string): Edit {
  return (topology) => {
    const group = findById(topology.securityGroups, id)
    if (!group) return refused(missing('securityGroup', 'id'))
    const next = { ...topology, securityGroups: othersThan(topology.securityGroups, group) }
    return acceptedUnless(checkSecurityGroupRemoval(topology, group), next, { id })
  }
}

/** Nothing is chosen for a group, so nothing needs settling. */
const putGroup = (topology: Topology, group: SecurityGroup, violations: readonly Violation[]) =>
  acceptedUnless(violations, sortTopology({ ...topology, securityGroups: put(topology.securityGroups, group) }), { id: group.id })

export const securityGroupEdits = {
  create: creation('securityGroup', securityGroupInput, (input, { ids }) => createSecurityGroup(input, ids)),
  update: change('securityGroup', securityGroupPatchInput, updateSecurityGroup),
  remove: removeSecurityGroup,
} satisfies KindEdits
