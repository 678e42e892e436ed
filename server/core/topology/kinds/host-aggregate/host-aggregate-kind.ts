// The kind `hostAggregate`, as every list of kinds needs it (../kind.ts).

import { checkName } from '../../rules/names'
import { list, nameOf } from '../../print-values'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { checkHostAggregate, checkHostAggregateRemoval } from './host-aggregate-rules'
import { hostAggregateViolations } from './host-aggregate-violations'

export const hostAggregateKind = {
  kind: 'hostAggregate',
  list: 'hostAggregates',
  words: { one: 'host aggregate', many: 'host aggregates' },
  about: 'Hosts with something in common. A VM may ask for an aggregate, and an aggregate may be kept for some projects.',
  label: (_, { name }) => name,
  detail: ({ hosts }, { hostIds }) => list(hostIds.map((id) => nameOf(hosts, id) ?? id)) ?? '',
  print: ({ name, hostIds, projectIds }, { hosts, projects }) => ({
    name,
    hosts: list(hostIds.map((id) => nameOf(hosts, id) ?? id)),
    'only for projects': list(projectIds.map((id) => nameOf(projects, id) ?? id)),
  }),
  compare: byName,
  // In one order, so that two lists of the same are the same.
  inOrder: (aggregate) => {
    const [hostIds, projectIds] = [aggregate.hostIds.toSorted(), aggregate.projectIds.toSorted()]
    const isSorted =
      hostIds.every((id, at) => id === aggregate.hostIds[at]) && projectIds.every((id, at) => id === aggregate.projectIds[at])
    return isSorted ? aggregate : { ...aggregate, hostIds, projectIds }
  },
  check: checkHostAggregate,
  fieldRules: { name: (name) => checkName(name) },
  checkRemoval: checkHostAggregateRemoval,
  violations: hostAggregateViolations,
  columns: { json: ['hostIds', 'projectIds'], unique: ['name'] },
} satisfies DesignKind<'hostAggregate'>
