// Rules as they are stored, from what an operator says of them; and those that Neutron gives to a new group, and to the `default` group of a project.

import type { IdSource } from '../../id-source'
import { hasPorts, normalizeProtocol } from './ip-protocol'
import { parsePrefix } from './ip-prefix'
import { DEFAULT_GROUP, type EtherType, type SecurityGroup, type SecurityGroupRule, type UnnamedRule } from './security-group'
import type { RuleInput } from './security-group-input'

export const makeRule = (input: RuleInput, ids: IdSource): SecurityGroupRule => ({ id: ids.uuid(), ...readRule(input) })

/** As it is stored, but for its id. */
export function readRule(input: RuleInput): UnnamedRule {
  const protocol = normalizeProtocol(input.protocol, input.etherType)
  const [first, last] = [input.portRangeMin ?? null, input.portRangeMax ?? null]
  const alone = hasPorts(protocol) ? (first ?? last) : null
  const prefix = input.remoteIpPrefix ?? null
  return {
    direction: input.direction,
    etherType: input.etherType,
    protocol,
    portRangeMin: first ?? alone,
    portRangeMax: last ?? alone,
    // What is no prefix is kept as it is, for the rule to refuse.
    remoteIpPrefix: prefix === null ? null : (parsePrefix(prefix)?.text ?? prefix),
    remoteGroupId: input.remoteGroupId ?? null,
    description: input.description ?? '',
  }
}

const FAMILIES: readonly EtherType[] = ['IPv4', 'IPv6']

/** Everything may leave. */
export const egressRules = (ids: IdSource): readonly SecurityGroupRule[] =>
  FAMILIES.map((etherType) => makeRule({ direction: 'egress', etherType }, ids))

/** Everything may leave, and what other ports of the group send may come in. */
export function makeDefaultGroup(projectId: string, ids: IdSource): SecurityGroup {
  const id = ids.uuid()
  const ingress = (etherType: EtherType) => makeRule({ direction: 'ingress', etherType, remoteGroupId: id }, ids)
  return { id, projectId, name: DEFAULT_GROUP, rules: [...egressRules(ids), ...FAMILIES.map(ingress)] }
}
