import { expect, it } from 'vitest'

import type { OverviewHost } from '@/server/core/api-types'
import { unknownHealth } from '@/server/core/host/host-health'

import { MOST_HOSTS, shownHosts } from './shown-hosts'

const host = (number: number, status: OverviewHost['health']['status'] = 'reachable'): OverviewHost => ({
  id: `id-${number}`,
  name: `g${number}`,
  roles: ['compute'],
  isPrepared: true,
  isReadOnly: false,
  health: { ...unknownHealth(null), status },
})
const namesOf = (hosts: readonly OverviewHost[]) => shownHosts(hosts).map(({ name }) => name)

it('lists hosts as people count', () => {
  expect(namesOf([host(10), host(2, 'unreachable'), host(1)])).toEqual(['g1', 'g2', 'g10'])
})

it('lists of many those first that need somebody', () => {
  const many = Array.from({ length: 100 }, (_, index) => host(index + 1, index === 80 ? 'unreachable' : 'reachable'))
  expect(namesOf(many)).toEqual(['g81', ...Array.from({ length: MOST_HOSTS - 1 }, (_, index) => `g${index + 1}`)])
})
