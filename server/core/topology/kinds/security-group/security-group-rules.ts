// Rules of security groups and of the rules in them (docs/reference/design-rules.md).

import { findById, othersThan } from '../../find'
import { groupsNaming, groupsOfProject, portsInGroup } from '../../lookup'
import { checkDescription } from '../../rules/descriptions'
import { checkName } from '../../rules/names'
import { labelsOf, namesOf } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { hasPorts, isIcmp, isOnlyV6, isProtocol } from './ip-protocol'
import { parsePrefix } from './ip-prefix'
import { readRule } from './make-rules'
import { contentOf } from './rule-order'
import { DEFAULT_GROUP, type SecurityGroup, type SecurityGroupRule, type UnnamedRule } from './security-group'
import type { RuleInput } from './security-group-input'
import { labelRule } from './security-group-label'

/** Neutron's quota is of a project's rules; ours keeps the chains of a port short. */
const MAX_RULES = 100
const MAX_PORT = 65_535
const MAX_ICMP = 255
/** iptables takes type 255 of IPv4 for any. */
const MAX_ICMP_V4_TYPE = 254

export function checkSecurityGroup(topology: Topology, group: SecurityGroup): Violation[] {
  return [
    ...checkName(group.name),
    ...(findById(topology.projects, group.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkDefault(topology, group),
    ...checkRuleCount(group),
    ...group.rules.flatMap((rule, index) => checkRule(topology, group, rule, index)),
  ]
}

/** There is one, and it stays what it is. */
function checkDefault(topology: Topology, group: SecurityGroup): Violation[] {
  const before = findById(topology.securityGroups, group.id)
  if (before?.name === group.name) return []
  if (before?.name === DEFAULT_GROUP) return [refuseDefault(topology, before, 'renamed', 'name')]
  const taken = group.name === DEFAULT_GROUP && groupsOfProject(topology.securityGroups, group.projectId).some(isDefault)
  return taken ? [refuseDefault(topology, group, 'taken', 'name')] : []
}

const isDefault = ({ name }: SecurityGroup): boolean => name === DEFAULT_GROUP

function refuseDefault({ projects }: Topology, group: SecurityGroup, is: 'removed' | 'renamed' | 'taken', field: string | null): Violation {
  const project = findById(projects, group.projectId)?.name ?? group.projectId
  return conflict('security-group-default', field, { project, is }, [DEFAULT_GROUP])
}

function checkRuleCount({ rules }: SecurityGroup): Violation[] {
  return rules.length > MAX_RULES ? [invalid('security-group-quota', 'rules', { most: MAX_RULES, count: rules.length })] : []
}

function checkRule(topology: Topology, group: SecurityGroup, rule: SecurityGroupRule, index: number): Violation[] {
  const field = `rules.${index}`
  const broken = [...checkRuleAlone(rule, field), ...checkRemoteGroup(topology, group, rule, `${field}.remoteGroupId`)]
  return broken.length > 0 ? broken : checkUnique(topology, group, rule, index)
}

/** Rules that are to be added, as far as nothing but each is needed: a form asks before the server does. */
export const checkRuleInputs = (inputs: readonly RuleInput[]): Violation[] =>
  inputs.flatMap((input, index) => checkRuleAlone(readRule(input), `rules.${index}`))

const checkRuleAlone = (rule: UnnamedRule, field: string): Violation[] => [
  ...checkProtocol(rule, `${field}.protocol`),
  ...checkPorts(rule, field),
  ...checkRemote(rule, field),
  ...checkDescription(rule.description, `${field}.description`),
]

function checkProtocol({ protocol, etherType }: UnnamedRule, field: string): Violation[] {
  if (protocol === null) return []
  if (!isProtocol(protocol)) return [invalid('security-group-rule-protocol', field, { protocol })]
  return etherType === 'IPv4' && isOnlyV6(protocol) ? [invalid('security-group-rule-family', field, { protocol })] : []
}

function checkPorts(rule: UnnamedRule, field: string): Violation[] {
  const { protocol, portRangeMin: first, portRangeMax: last } = rule
  if (first === null && last === null) return []
  if (isIcmp(protocol)) return checkMessage(first, last, protocol === 'icmp' ? MAX_ICMP_V4_TYPE : MAX_ICMP, field)
  if (hasPorts(protocol)) return checkRange(first, last, field)
  // What is no protocol is refused as that.
  if (protocol !== null && !isProtocol(protocol)) return []
  return [invalid('security-group-rule-ports', `${field}.${first === null ? 'portRangeMax' : 'portRangeMin'}`, { protocol })]
}

function checkRange(first: number | null, last: number | null, field: string): Violation[] {
  const [atFirst, atLast] = [checkPortNumber(first, `${field}.portRangeMin`), checkPortNumber(last, `${field}.portRangeMax`)]
  // One port is said once.
  if (atFirst.length + atLast.length > 0) return first === last ? atFirst : [...atFirst, ...atLast]
  if (first === null || last === null || first <= last) return []
  return [invalid('security-group-rule-port-order', `${field}.portRangeMax`, { first, last })]
}

function checkMessage(type: number | null, code: number | null, mostType: number, field: string): Violation[] {
  if (type !== null) {
    const atCode = code === null ? [] : checkIcmp(code, 'code', MAX_ICMP, `${field}.portRangeMax`)
    return [...checkIcmp(type, 'type', mostType, `${field}.portRangeMin`), ...atCode]
  }
  return code === null ? [] : [invalid('security-group-rule-icmp-type', `${field}.portRangeMin`, { code })]
}

function checkIcmp(value: number, what: 'type' | 'code', most: number, field: string): Violation[] {
  if (Number.isInteger(value) && value >= 0 && value <= most) return []
  return [invalid('security-group-rule-icmp', field, { what, least: 0, most })]
}

function checkPortNumber(port: number | null, field: string): Violation[] {
  if (port !== null && Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return []
  return [invalid('security-group-rule-port-range', field, { least: 1, most: MAX_PORT })]
}

function checkRemote(rule: UnnamedRule, field: string): Violation[] {
  const { remoteIpPrefix, remoteGroupId } = rule
  if (remoteIpPrefix === null) return []
  if (remoteGroupId !== null) return [invalid('security-group-rule-remote', `${field}.remoteGroupId`, {})]
  return checkPrefix(rule, remoteIpPrefix, `${field}.remoteIpPrefix`)
}

function checkRemoteGroup(
  topology: Topology,
  group: SecurityGroup,
  { remoteIpPrefix, remoteGroupId }: UnnamedRule,
  field: string,
): Violation[] {
  // Both is refused as that.
  if (remoteIpPrefix !== null || remoteGroupId === null || remoteGroupId === group.id) return []
  const remote = findById(topology.securityGroups, remoteGroupId)
  if (!remote) return [missing('securityGroup', field)]
  if (remote.projectId === group.projectId) return []
  return [conflict('security-group-project', field, { group: remote.name, by: 'rule' }, [remote.name])]
}

function checkPrefix({ etherType }: UnnamedRule, text: string, field: string): Violation[] {
  const prefix = parsePrefix(text)
  if (prefix && prefix.etherType !== etherType) return [invalid('security-group-rule-prefix-family', field, { prefix: text, etherType })]
  return checkPrefixText(text, field)
}

/** Also of an allowed address pair, which may be of either family. */
export function checkPrefixText(text: string, field: string): Violation[] {
  const prefix = parsePrefix(text)
  if (!prefix) return [invalid('ip-prefix-form', field, {})]
  if (prefix.text === prefix.network) return []
  return [invalid('ip-prefix-host-bits', field, { prefix: prefix.text, network: prefix.network })]
}

function checkUnique(topology: Topology, { rules }: SecurityGroup, rule: SecurityGroupRule, index: number): Violation[] {
  const content = contentOf(rule)
  const same = rules.slice(0, index).find((other) => contentOf(other) === content)
  if (!same) return []
  const label = labelRule(topology, same)
  return [conflict('security-group-rule-unique', `rules.${index}`, { rule: label }, [label])]
}

export function checkSecurityGroupRemoval(topology: Topology, group: SecurityGroup): Violation[] {
  if (isDefault(group)) return [refuseDefault(topology, group, 'removed', null)]
  return checkGroupUnused(topology, group)
}

/** Neither ports nor rules of other groups; its own may name it. */
export function checkGroupUnused(topology: Topology, group: SecurityGroup): Violation[] {
  const ports = labelsOf(topology, portsInGroup(topology.ports, group.id))
  const groups = namesOf(othersThan(groupsNaming(topology.securityGroups, group.id), group))
  if (ports.length + groups.length === 0) return []
  return [conflict('security-group-unused', null, { group: group.name, ports, groups }, [...ports, ...groups])]
}
