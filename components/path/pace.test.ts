import { describe, expect, it } from 'vitest'

import { silentHostPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import type { PathHost } from '@/server/core/path/path'

import { paceOf } from './pace'

const readAt = Date.parse(vxlanPath.hosts[0]!.observedAt!)
const live = { isPaused: false, isLive: true, hasFailed: false }
const [cmp1, cmp2] = vxlanPath.hosts as [PathHost, PathHost]

describe('paceOf', () => {
  it('is live while every host was read within seconds', () => {
    expect(paceOf({ ...live, hosts: vxlanPath.hosts, now: readAt + 9_000 })).toEqual({ status: 'ok', label: 'Live, every 2 s' })
  })

  it.each<[string, readonly PathHost[], number, string]>([
    ['nothing arrives any more', [cmp1, cmp2], 11, 'cmp1 and cmp2 not fresh'],
    ['one host hangs', [cmp1, { ...cmp2, observedAt: new Date(readAt - 14_000).toISOString() }], 0, 'cmp2 read 14 s ago'],
    ['one host was never read', [cmp1, { ...cmp2, observedAt: null }], 0, 'cmp2 not read yet'],
    ['the last reading of one failed', silentHostPath.hosts, 0, 'cmp2 cannot be read'],
  ])('is not live when %s', (_, hosts, afterS, label) => {
    expect(paceOf({ ...live, hosts, now: readAt + afterS * 1_000 })).toMatchObject({ status: 'warn', label })
  })

  it('brings the error of the reading and the way out', () => {
    const { detail } = paceOf({ ...live, hosts: silentHostPath.hosts, now: readAt })
    expect(detail).toContain('refused the connection')
    expect(detail).toContain('then try again')
  })

  it.each([
    ['paused', { isPaused: true }, 'unknown', 'Paused'],
    ['not connected yet', { isLive: false }, 'unknown', 'Reading'],
    ['broken', { hasFailed: true }, 'warn', 'No fresh counters'],
  ] as const)('says when the stream is %s', (_, change, status, label) => {
    expect(paceOf({ ...live, ...change, hosts: vxlanPath.hosts, now: readAt })).toEqual({ status, label })
  })
})
