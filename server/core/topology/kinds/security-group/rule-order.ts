// One order for the rules of a group, and what makes two rules the same one.

import { compareText } from '../compare'
import type { SecurityGroup, SecurityGroupRule } from './security-group'

type Content = Omit<SecurityGroupRule, 'id' | 'description'>

const compareNumber = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1)

const compareRules = (a: SecurityGroupRule, b: SecurityGroupRule): number =>
  compareText(a.direction, b.direction) ||
  compareText(a.etherType, b.etherType) ||
  compareText(a.protocol ?? '', b.protocol ?? '') ||
  compareNumber(a.portRangeMin, b.portRangeMin) ||
  compareNumber(a.portRangeMax, b.portRangeMax) ||
  compareText(a.remoteIpPrefix ?? '', b.remoteIpPrefix ?? '') ||
  compareText(a.remoteGroupId ?? '', b.remoteGroupId ?? '') ||
  compareText(a.id, b.id)

export function withSortedRules(group: SecurityGroup): SecurityGroup {
  const isSorted = group.rules.every((rule, index) => index === 0 || compareRules(group.rules[index - 1]!, rule) <= 0)
  return isSorted ? group : { ...group, rules: group.rules.toSorted(compareRules) }
}

const ALL_ADDRESSES: ReadonlySet<string | null> = new Set(['0.0.0.0/0', '::/0', null])

/** The same for rules that let the same packets through: Neutron takes all addresses for none that is named, too. */
export const contentOf = ({ direction, etherType, protocol, portRangeMin, portRangeMax, remoteIpPrefix, remoteGroupId }: Content): string =>
  [
    direction,
    etherType,
    protocol,
    portRangeMin,
    portRangeMax,
    ALL_ADDRESSES.has(remoteIpPrefix) ? '' : remoteIpPrefix,
    remoteGroupId,
  ].join()
