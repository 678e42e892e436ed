import { describe, expect, it } from 'vitest'
import { explainStale } from '../explain/stale'
import { changeCommand } from '../commands/command'
import type { Lease } from '../operation/lease'
import type { HostPlan, Plan, Step } from './plan'
import { findStale, type Present, restedRuns } from './stale'
import type { Stale } from './stale-params'

const NOW = '2026-01-01T00:01:00.000Z'
const LATER = '2026-01-01T00:02:00.000Z'
const step: Step = { id: 'cmp1/1', title: 't', reason: 'r', command: changeCommand(['true']) }
const host = (hostName: string, changes: Partial<HostPlan> = {}): HostPlan => ({
  hostId: hostName,
  hostName,
  observedAt: '',
  token: 3,
  changes: [],
  steps: [],
  undo: [],
  blocked: [],
  kept: [],
  ...changes,
})
const plan: Plan = {
  id: 'p',
  createdAt: '',
  baseRevision: 4,
  topologyDigest: 'd',
  objects: [],
  impacts: [],
  hosts: [host('cmp1', { steps: [step] }), host('cmp2'), host('cmp3', { changedBy: 'r3' })],
}
const lease = (hostId: string, token: number, operationId = 'r9', heldUntil: string | null = null): Lease => ({
  hostId,
  token,
  operationId,
  takenAt: '',
  heldUntil,
})
const leases = [lease('cmp1', 3), lease('cmp2', 3), lease('cmp3', 3, 'r3', LATER)]
const present: Present = {
  topologyDigest: 'd',
  newerRevisions: [],
  leases,
  rested: [{ id: 'r3', planId: 'p3', status: 'running' }],
  now: NOW,
}
const withLease = (changed: Lease): Partial<Present> => ({ leases: [...leases.filter(({ hostId }) => hostId !== changed.hostId), changed] })

describe('findStale', () => {
  it.each<[string, Partial<Present>, Partial<Plan>, Stale['code'] | null]>([
    ['nothing happened since', {}, {}, null],
    ['the design moved on', { topologyDigest: 'e' }, {}, 'design-moved'],
    ['a revision was recorded', { newerRevisions: [{ number: 5, planId: 'p5' }] }, {}, 'revision-moved'],
    [
      'the run that it rests on recorded its own',
      { newerRevisions: [{ number: 5, planId: 'p3' }], rested: [{ id: 'r3', planId: 'p3', status: 'succeeded' }] },
      {},
      null,
    ],
    ['there are no steps and the design did not change', {}, { hosts: [host('cmp2')] }, 'nothing-to-do'],
    ['a run was at a host that it leaves as it was', withLease(lease('cmp2', 4)), {}, 'host-changed'],
    ['a run is at it', withLease(lease('cmp2', 4, 'r9', LATER)), {}, 'host-changed'],
    ['a run was at it while it was read', {}, { hosts: [host('cmp1', { steps: [step] }), host('cmp2', { token: null })] }, 'host-changed'],
    ['a run was at a host that it changes: that is read anew', withLease(lease('cmp1', 9)), {}, null],
    ['no run was ever at a host', { leases: [] }, { hosts: [host('cmp1', { steps: [step] }), host('cmp2', { token: 0 })] }, null],
    ['the run that it rests on failed', { rested: [{ id: 'r3', planId: 'p3', status: 'failed' }] }, {}, 'rested-failed'],
    ['the run that it rests on is no longer known', { rested: [] }, {}, 'rested-failed'],
    ['another run was at the host after the one that it rests on', withLease(lease('cmp3', 4)), {}, 'host-changed'],
    ['a run is at a host that it does not know', withLease(lease('cmp4', 1, 'r9', LATER)), {}, 'beyond-plan'],
    ['a run was at such a host', withLease(lease('cmp4', 1)), {}, null],
    [
      'it is a plan of a time when there were no leases',
      { leases: [] },
      { hosts: [{ ...host('cmp1', { steps: [step] }) }, withoutToken(host('cmp2'))] },
      null,
    ],
  ])('[PLAN-44] %s', (_, now, then, code) => {
    const stale = findStale({ ...plan, ...then }, { ...present, ...now })
    expect(stale?.code ?? null).toBe(code)
    expect(stale ? explainStale(stale) : '').not.toContain('undefined')
  })

  it('does not mind the leases of the run itself', () => {
    expect(findStale(plan, { ...present, ...withLease(lease('cmp4', 1, 'own', LATER)) }, 'own')).toBeNull()
  })
})

function withoutToken({ token: _token, ...rest }: HostPlan): HostPlan {
  return rest
}

it('restedRuns names each once', () => {
  expect(restedRuns({ hosts: [host('a'), host('b', { changedBy: 'r1' }), host('c', { changedBy: 'r1' })] })).toEqual(['r1'])
})
