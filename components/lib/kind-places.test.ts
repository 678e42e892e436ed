import { expect, it } from 'vitest'

import { createKinds, leadKindOf, networksTabs, plainKindOf, tabOf } from './kind-places'

it('each kind that is made on the page of networks has a tab there', () => {
  expect(createKinds.map((kind) => [kind, tabOf(kind)])).toEqual([
    ['physicalNetwork', 'physical'],
    ['project', 'networks'],
    ['hostAggregate', 'hostAggregates'],
    ['network', 'networks'],
    ['subnet', 'networks'],
    ['vm', 'vms'],
    ['port', 'ports'],
    ['nestedUplink', 'nestedUplinks'],
  ])
})

it('a tab is empty without its first kind, and a plain one lists one kind only', () => {
  expect(networksTabs.map((tab) => [tab, leadKindOf(tab), plainKindOf(tab)])).toEqual([
    ['networks', 'project', undefined],
    ['ports', 'port', undefined],
    ['vms', 'vm', undefined],
    ['physical', 'physicalNetwork', undefined],
    ['hostAggregates', 'hostAggregate', 'hostAggregate'],
    ['nestedUplinks', 'nestedUplink', 'nestedUplink'],
  ])
})
