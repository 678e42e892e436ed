import { describe, expect, it } from 'vitest'

import type { Overview, OverviewHost, VerificationSummary } from '@/server/core/api-types'
import { kindNames } from '@/server/core/topology/kinds/kinds'

import { firstSteps } from './first-steps'

const none = Object.fromEntries(kindNames.map((kind) => [kind, 0])) as Overview['counts']
const empty: Overview = {
  counts: none,
  hosts: [],
  revision: 0,
  pendingChanges: { create: 0, change: 0, remove: 0 },
  lastRun: null,
  lastVerification: null,
}
const host = (id: string, isPrepared: boolean) => ({ id, name: id, isPrepared }) as OverviewHost
const doneOf = (overview: Partial<Overview>) =>
  firstSteps({ ...empty, ...overview })
    .map(({ isDone }) => Number(isDone))
    .join('')

describe('the way from an empty console to a proven path', () => {
  it.each<[string, Partial<Overview>, string]>([
    ['an empty console', {}, '000000'],
    ['a host that is registered', { counts: { ...none, host: 1 }, hosts: [host('cmp1', false)] }, '100000'],
    ['one of two that is prepared', { counts: { ...none, host: 2 }, hosts: [host('a', false), host('b', true)] }, '110000'],
    ['a network without a subnet', { counts: { ...none, network: 1 } }, '000000'],
    ['a network with one', { counts: { ...none, network: 1, subnet: 1 } }, '001000'],
    ['a VM', { counts: { ...none, vm: 1 } }, '000100'],
    ['a revision', { revision: 1 }, '000010'],
    ['a verification, however it ended', { lastVerification: { status: 'failed' } as VerificationSummary }, '000001'],
  ])('%s', (_, overview, done) => expect(doneOf(overview)).toBe(done))

  it('leads to the settings of the only host, and to the list of several', () => {
    const hrefOf = (...hosts: OverviewHost[]) => firstSteps({ ...empty, hosts })[1]?.href
    expect([hrefOf(), hrefOf(host('cmp1', false)), hrefOf(host('a', false), host('b', false))]).toEqual([
      '/hosts',
      '/hosts/cmp1?tab=settings',
      '/hosts',
    ])
  })

  it('makes a project before a network', () => {
    const stepOf = (project: number) => firstSteps({ ...empty, counts: { ...none, project } })[2]
    expect([stepOf(0)?.action, stepOf(0)?.href, stepOf(1)?.action, stepOf(1)?.href]).toEqual([
      'Create project',
      '/networks?new=project',
      'Create network',
      '/networks?new=network',
    ])
  })
})
